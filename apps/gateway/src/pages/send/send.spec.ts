import {
  ACCOUNT_QUESTIONS,
  CUSTOMER_QUESTIONS,
  refusal,
  TOPICS,
  TRANSFER_QUESTIONS,
  transferIdOf,
  type AccountView,
  type TransferRequest,
  type TransferView,
} from '@kopeck/contracts';
import { BrokerUnavailable, DeadlineExceeded } from '@kopeck/kafka';
import { startGateway, type GatewayUnderTest } from '../../testing/gateway-under-test.js';
import { requestOf, resultOf, viewOf } from '../../transfers/transfer.samples.js';
import { BrowserUnderTest, hiddenFieldsOf, textOf } from '../testing/browser-under-test.js';
import { accountOf, ANNA_ID, BORIS_NUMBER, EUROS, EUROS_ID } from '../testing/page.samples.js';

const FORM = { from: EUROS_ID, to: BORIS_NUMBER, amount: '12,30', reference: 'lunch' };

describe('sending money', () => {
  let gateway: GatewayUnderTest;
  let anna: BrowserUnderTest;
  let accounts: AccountView[];
  let stored: TransferView | undefined;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    accounts = [EUROS];
    stored = undefined;
    anna = new BrowserUnderTest(gateway).signIn('customer', ANNA_ID);
    gateway.services.sent.length = 0;
    gateway.services.onSend = () => undefined;
    gateway.services.answers = {
      [ACCOUNT_QUESTIONS.list.pattern]: () => accounts,
      [TRANSFER_QUESTIONS.read.pattern]: () => stored ?? refusal('not_found', 'none'),
      [TRANSFER_QUESTIONS.steps.pattern]: () => [],
    };
  });

  /** The ledger answers at once, and the account has so much less. */
  function settle(facts: Parameters<typeof resultOf>[1] = {}): void {
    gateway.services.onSend = (request: TransferRequest) => {
      const result = resultOf(request, facts);
      stored ??= viewOf(result);
      if (result.status === 'completed') accounts = [accountOf({ balanceMinor: '10' })];
      gateway.desk.onResult(result);
    };
  }

  const check = async (fields = FORM) => anna.follow(await anna.submit('/send', '/send', fields));
  const keyOn = (text: string) => hiddenFieldsOf(text, '/send/check');

  it('shows what will be sent, with the number in groups, before anything leaves', async () => {
    const page = await check();
    expect(textOf(page.text)).toMatch(/Check before it leaves 12\.30 EUR/);
    expect(textOf(page.text)).toContain(BORIS_NUMBER.replace(/(.{4})(?=.)/g, '$1 '));
    expect(textOf(page.text)).toContain('107.70 EUR stay in the account');
    expect(gateway.services.sent).toEqual([]);
  });

  it('goes on to the transfer, which is a receipt once it is done', async () => {
    settle();
    const { text } = await check();
    const answer = await anna.post('/send/check', keyOn(text));
    expect(answer.location).toBe(`/transfers/${transferIdOf(ANNA_ID, keyOn(text)['key']!)}`);
    expect(gateway.services.sent[0]!.value).toMatchObject({
      amountMinor: '1230',
      currency: 'EUR',
      creditAccountNumber: BORIS_NUMBER,
      reference: 'lunch',
    });
    const receipt = textOf((await anna.follow(answer)).text);
    expect(receipt).toMatch(/Sent Done Money out: −12\.30 EUR/);
    expect(receipt).toContain('lunch');
  });

  it('is one transfer, however often the form is sent: one id, and nobody is told of missing money', async () => {
    settle();
    const { text } = await check();
    const answers = [
      await anna.post('/send/check', keyOn(text)),
      await anna.post('/send/check', keyOn(text)),
      await anna.post('/send/check', keyOn(text)),
    ];
    expect(new Set(answers.map(({ location }) => location)).size).toBe(1);
    const ids = gateway.services.sent.map(({ value }) => (value as TransferRequest).transferId);
    expect(new Set(ids).size).toBe(1);
  });

  it('says so where the same form comes with other details', async () => {
    settle();
    const { text } = await check();
    await anna.post('/send/check', keyOn(text));
    const other = await anna.post('/send/check', { ...keyOn(text), amount: '99' });
    expect(other.status).toBe(422);
    accounts = [EUROS];
    gateway.services.onSend = ({ requestId }) =>
      gateway.services.reply({
        requestId,
        outcome: 'rejected',
        code: 'idempotency_key_reused',
        detail: 'other',
      });
    const again = await anna.post('/send/check', { ...keyOn(text), amount: '99' });
    expect(again.status).toBe(422);
    expect(textOf(again.text)).toContain('This form was sent before with other details');
  });

  it.each<[string, Partial<typeof FORM>, RegExp]>([
    ['no account of theirs', { from: 'x' }, /Choose one of your accounts/],
    ['a mistyped number', { to: BORIS_NUMBER.replace(/.$/, '0') }, /Check it for a typing mistake/],
    ['their own number', { to: EUROS.number }, /cannot send to itself/],
    [
      'more than there is',
      { amount: '120.01' },
      /You have 120\.00 EUR available\. Enter 120\.00 EUR or less/,
    ],
    ['an amount that can be read in two ways', { amount: '1,234' }, /can be read in two ways\. Write 1234/],
    ['nothing', { amount: '' }, /Enter an amount/],
    ['a reference of two lines', { reference: 'a\nb' }, /Enter the reference in one line/],
  ])(
    'refuses %s, in the summary and beside the field, and keeps what was typed',
    async (_, change, words) => {
      const form = { ...FORM, ...change };
      const { status, text } = await anna.submit('/send', '/send', form);
      expect(status).toBe(422);
      expect(textOf(text)).toContain('There is a problem');
      expect(textOf(text).match(new RegExp(words, 'g'))).toHaveLength(2);
      const [field] = Object.keys(change);
      expect(text).toContain(`<a href="#${field}">`);
      expect(text).toMatch(new RegExp(`id="${field}"[^>]*aria-describedby="[^"]*${field}-fault"`));
      if (change.amount) expect(text).toContain(`value="${change.amount}"`);
      expect(gateway.services.sent).toEqual([]);
    },
  );

  it('says that no money moved where the ledger refuses, and what to do', async () => {
    settle({ status: 'failed', reason: 'recipient_not_found' });
    const { text } = await check();
    const page = await anna.follow(await anna.post('/send/check', keyOn(text)));
    expect(textOf(page.text)).toMatch(
      /Not sent Not done 12\.30 EUR No money moved\. There is no account with this number/,
    );
  });

  it('never calls an unknown outcome failed, and looks again by itself', async () => {
    gateway.services.onSend = () => Promise.reject(new DeadlineExceeded('lost'));
    const { text } = await check();
    const answer = await anna.post('/send/check', keyOn(text));
    expect(answer.status).toBe(504);
    expect(textOf(answer.text)).toContain("Don't send it again");
    stored = { ...viewOf(resultOf(requestOf({ customerId: ANNA_ID }))), status: 'pending', settledAt: null };
    const page = await anna.get(`/transfers/${stored.transferId}`);
    expect(textOf(page.text)).toContain("We don't know yet whether this went through. Don't send it again");
    expect(page.text).toContain('<noscript><meta http-equiv="refresh" content="3"');
  });

  it('says that nothing was accepted while the broker is away', async () => {
    gateway.services.onSend = () => Promise.reject(new BrokerUnavailable('down'));
    const { text } = await check();
    const answer = await anna.post('/send/check', keyOn(text));
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '2']);
    expect(textOf(answer.text)).toContain('Nothing was accepted and no money moved');
  });

  it('keeps what was typed while the session ended, and sends nothing until asked again', async () => {
    gateway.services.answers[CUSTOMER_QUESTIONS.checkPassword.pattern] = () => ({
      customerId: ANNA_ID,
      email: 'anna@example.com',
      name: 'Anna',
      role: 'customer',
      language: 'en',
      registeredAt: EUROS.openedAt,
    });
    const form = hiddenFieldsOf((await anna.get('/send')).text, '/send');
    gateway.state.sessions.clear();
    const interrupted = await anna.post('/send', { ...form, ...FORM });
    expect(interrupted.status).toBe(401);
    expect(textOf(interrupted.text)).toContain('what you typed is kept');
    expect(interrupted.text).not.toContain(FORM.reference);
    const hidden = hiddenFieldsOf(interrupted.text, '/sign-in');
    const credentials = { email: 'anna@example.com', password: 'correct horse battery' };
    const back = await anna.follow(await anna.post('/sign-in', { ...hidden, ...credentials }));
    expect(textOf(back.text)).toContain('Nothing was sent yet');
    for (const value of [FORM.to, FORM.amount, FORM.reference])
      expect(back.text).toContain(`value="${value}"`);
    expect(hiddenFieldsOf(back.text, '/send')['key']).toBe(form['key']);
    const sent = gateway.services.sent.filter(({ topic }) => topic === TOPICS.transferRequests.name);
    expect(sent).toEqual([]);
    const draft = /draft=([0-9a-f-]{36})/.exec(back.text)![1];
    const boris = new BrowserUnderTest(gateway).signIn('customer');
    expect((await boris.get(`/send?draft=${draft}`)).text).not.toContain(FORM.reference);
  });
});
