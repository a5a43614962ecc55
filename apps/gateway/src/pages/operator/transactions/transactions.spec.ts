import {
  refusal,
  TRANSFER_QUESTIONS,
  type ConversionTerms,
  type TransferStep,
  type TransferView,
} from '@kopeck/contracts';
import { DeadlineExceeded } from '@kopeck/kafka';
import { quoteOf, termsOf } from '../../../quotes/quote.samples.js';
import { startGateway, type GatewayUnderTest } from '../../../testing/gateway-under-test.js';
import { requestOf, resultOf, viewOf } from '../../../transfers/transfer.samples.js';
import { BrowserUnderTest, textOf } from '../../testing/browser-under-test.js';
import { ACCOUNT, answersOf, OPERATOR_ID } from '../testing/operator.samples.js';

const request = requestOf({
  debitAccountId: ACCOUNT.accountId,
  creditAccountNumber: ACCOUNT.number,
  reference: 'Rent <March>',
});
const view: TransferView = { ...viewOf(resultOf(request)), creditAccountId: null };
const pending: TransferView = { ...view, status: 'pending', settledAt: null };
const { transferId } = request;

const steps: TransferStep[] = [
  { type: 'requested', at: '2026-03-01T09:30:00.000Z', service: 'gateway', detail: null },
  { type: 'accepted', at: '2026-03-01T09:30:00.004Z', service: 'transaction-manager', detail: null },
  { type: 'forwarded', at: '2026-03-01T09:30:00.004Z', service: 'transaction-manager', detail: null },
  {
    type: 'reforwarded',
    at: '2026-03-01T09:30:05.100Z',
    service: 'transaction-manager',
    detail: 'no result had come; sent again 12 times in all',
  },
];

describe('the operators’ pages of transactions', () => {
  let gateway: GatewayUnderTest;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.asked.length = 0;
    gateway.services.answers = {
      ...answersOf(),
      [TRANSFER_QUESTIONS.list.pattern]: () => ({ data: [pending, view], nextCursor: 'next one' }),
      [TRANSFER_QUESTIONS.read.pattern]: () => view,
      [TRANSFER_QUESTIONS.steps.pattern]: () => steps,
    };
  });

  const get = (path: string, headers = {}) =>
    new BrowserUnderTest(gateway, headers).signIn('operator', OPERATOR_ID).get(path);
  const one = () => get(`/operator/transactions/${transferId}`);
  const listed = () =>
    gateway.services.asked.find(({ pattern }) => pattern === TRANSFER_QUESTIONS.list.pattern)?.request;

  it('list everybody’s, with where to go on', async () => {
    const { status, text } = await get('/operator/transactions');
    expect(status).toBe(200);
    expect(textOf(text)).toMatch(/1 March 2026 .* Transfer QP.* On its way asked for .* ago 12\.30 EUR/);
    expect(text).toContain(`href="/operator/transactions/${transferId}"`);
    expect(text).toContain('href="/operator/transactions?cursor=next+one"');
    expect(listed()).toEqual({ limit: 50 });
  });

  it('find what is stuck, by the address alone', async () => {
    const { text } = await get('/operator/transactions?status=pending&pendingForSeconds=30&cursor=c');
    expect(listed()).toEqual({ status: 'pending', pendingForSeconds: 30, cursor: 'c', limit: 50 });
    expect(text).toContain('href="/operator/transactions?status=pending&amp;pendingForSeconds=30"');
    expect(text).toMatch(/<option value="pending" selected/);
    expect(text).toMatch(/name="pendingForSeconds"[^>]*value="30"/);
  });

  it('say what is wrong with a filter, and ask nobody', async () => {
    for (const seconds of ['soon', '-1', '1.5', '99999999']) {
      const { status, text } = await get(`/operator/transactions?pendingForSeconds=${seconds}`);
      expect(status).toBe(422);
      expect(textOf(text)).toContain('There is a problem Enter whole seconds');
      expect(text).toContain(`value="${seconds}"`);
    }
    expect(gateway.services.asked).toEqual([]);
    expect((await get('/operator/transactions?status=nonsense')).status).toBe(200);
  });

  it('say so where there is nothing, with a way back to everything', async () => {
    gateway.services.answers[TRANSFER_QUESTIONS.list.pattern] = () => ({ data: [], nextCursor: null });
    const { text } = await get('/operator/transactions?status=failed');
    expect(textOf(text)).toContain('No transaction is like that. Show all transactions');
  });

  it('show one with both accounts, their holders and its way through the services', async () => {
    const { status, text } = await one();
    expect(status).toBe(200);
    const read = textOf(text);
    expect(read).toMatch(/12\.30 EUR Done From .*Anna <Sergeevna> anna@example\.com .* To /);
    expect(read).toContain('Rent <March>');
    expect(read).toMatch(/Asked for 09:30:00\.000 gateway Accepted 09:30:00\.004 transaction-manager/);
    expect(read).toContain(
      'Passed on again 09:30:05.100 transaction-manager · no result had come; passed on again 12 times',
    );
    expect(text).toContain(`href="/operator/accounts/${ACCOUNT.accountId}"`);
    expect(text).not.toContain('http-equiv="refresh"');
  });

  it('look again by themselves while one is pending', async () => {
    gateway.services.answers[TRANSFER_QUESTIONS.read.pattern] = () => pending;
    const { text } = await one();
    expect(text).toContain('<meta http-equiv="refresh" content="2"/>');
    expect(textOf(text)).toContain('It is not decided yet. It is never lost');
  });

  it('say why one was refused and that no money moved', async () => {
    const refused = { ...view, status: 'failed', reason: 'recipient_frozen', settledAt: null } as const;
    gateway.services.answers[TRANSFER_QUESTIONS.read.pattern] = () => refused;
    expect(textOf((await one()).text)).toContain('The recipient’s account is frozen. No money moved.');
  });

  it('show the whole quote of a conversion', async () => {
    const terms: ConversionTerms = termsOf(quoteOf({ isOverridden: true }));
    const conversion = { ...terms, rate: terms.quote.rate };
    gateway.services.answers[TRANSFER_QUESTIONS.read.pattern] = () => ({
      ...view,
      kind: 'conversion',
      conversion,
    });
    const read = textOf((await one()).text);
    expect(read).toMatch(/Sold 100\.00 EUR Bought 9,194\.50 RUB/);
    expect(read).toContain('1 EUR = 91.9451 RUB');
    expect(read).toContain('Bank’s margin 0.50%');
    expect(read).toContain('set by hand by an operator');
  });

  it('are shown without accounts and steps that nobody can tell for the moment', async () => {
    const late = () => Promise.reject(new DeadlineExceeded('late'));
    const own = gateway.services.answers[TRANSFER_QUESTIONS.read.pattern]!;
    gateway.services.answers = new Proxy(
      { [TRANSFER_QUESTIONS.read.pattern]: own },
      {
        get: (answers, name: string) => answers[name] ?? late,
      },
    );
    const { status, text } = await one();
    expect(status).toBe(200);
    expect(textOf(text)).toContain('The steps cannot be read for the moment.');
  });

  it('are not found where there is none', async () => {
    gateway.services.answers[TRANSFER_QUESTIONS.read.pattern] = () => refusal('transfer_not_found', 'no');
    expect((await one()).status).toBe(404);
  });
});
