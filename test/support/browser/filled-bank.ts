import {
  deposit,
  expected,
  fundedAccount,
  newCustomer,
  signIn,
  transferBody,
  type Account,
  type BankClient,
} from '../bank-client.js';
import { eventually } from '../eventually.js';
import type { SharedSystem } from '../system.js';

/** As long as a name may be, with nowhere to break it. */
const LONG_NAME = 'Donaudampfschifffahrtsgesellschaftskapitänsreservekonto 2026';
/** Port 9 discards: what is sent there fails, and leaves this machine never. */
const WEBHOOK_URL = 'http://127.0.0.1:9/hooks';

/** One of everything, so that all pages can be looked at. */
export interface Bank {
  readonly customer: BankClient;
  readonly operator: BankClient;
  /** A customer who has nothing yet. */
  readonly newcomer: BankClient;
  readonly euros: Account;
  readonly roubles: Account;
  readonly frozen: Account;
  readonly boriss: Account;
  /** Ids of transfers: one that arrived, one that was refused, money over the counter, a conversion. */
  readonly sent: string;
  readonly refused: string;
  readonly deposited: string;
  readonly converted: string;
  readonly webhook: string;
  /** Of a message to that webhook, which doesn't get there. */
  readonly delivery: string;
}

export async function fillBank(system: SharedSystem): Promise<Bank> {
  const operator = await signIn(system.url, system.operator.email, system.operator.password);
  const [customer, boris, newcomer] = (await Promise.all(
    ['Anna', 'Boris', 'Vera'].map((name) => newCustomer(system.url, name)),
  )) as [BankClient, BankClient, BankClient];
  const euros = await fundedAccount(customer, operator, 'EUR', '100.00');
  const [roubles, frozen, boriss] = await Promise.all([
    customer.openAccount('RUB', LONG_NAME),
    customer.openAccount('USD', 'Frozen'),
    boris.openAccount('EUR'),
  ]);
  const path = `/operator/accounts/${frozen.id}/freeze`;
  expected(200, await operator.send('POST', path, { body: { reason: 'Asked for by the owner' } }));
  const lunch = { ...transferBody(euros, boriss, '12.30'), reference: 'lunch' };
  const tooMuch = await customer.transfer(transferBody(euros, boriss, '1000.00'));
  return {
    ...{ customer, operator, newcomer, euros, roubles, frozen, boriss },
    sent: expected(201, await customer.transfer(lunch)).id,
    refused: expected(422, tooMuch).transferId,
    deposited: expected(201, await deposit(operator, euros, '1234567.89')).id,
    converted: await convert(customer, euros.id, roubles.id),
    ...(await sendToWebhook(customer)),
  };
}

async function convert(customer: BankClient, from: string, to: string): Promise<string> {
  const sell = { amount: '10.00', currency: 'EUR' };
  const body = { debitAccountId: from, creditAccountId: to, sell, buyCurrency: 'RUB' };
  const quote = await eventually(() => customer.quote(body));
  return expected(201, await customer.convert(quote.id)).id as string;
}

async function sendToWebhook(customer: BankClient): Promise<Pick<Bank, 'webhook' | 'delivery'>> {
  const created = await customer.send('POST', '/webhook-endpoints', { body: { url: WEBHOOK_URL } });
  const webhook: string = expected(201, created).id;
  expect((await customer.send('POST', `/webhook-endpoints/${webhook}/test`)).status).toBeLessThan(300);
  const delivery = await eventually(async () => {
    const { data } = expected(200, await customer.get('/notifications/deliveries'));
    // Beside it, an e-mail about the new endpoint comes before it or after.
    const sent = data.find(({ channel }: { channel: string }) => channel === 'webhook');
    if (!(sent?.attempts > 0)) throw new Error('nothing has been tried yet');
    return sent.id as string;
  });
  return { webhook, delivery };
}
