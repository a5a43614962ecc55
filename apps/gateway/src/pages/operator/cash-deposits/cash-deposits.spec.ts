import {
  ACCOUNT_QUESTIONS,
  CUSTOMER_QUESTIONS,
  refusal,
  systemAccountIdOf,
  TOPICS,
  transferIdOf,
  TRANSFER_QUESTIONS,
  type TransferRequest,
} from '@kopeck/contracts';
import { BrokerUnavailable, DeadlineExceeded } from '@kopeck/kafka';
import { startGateway, type GatewayUnderTest } from '../../../testing/gateway-under-test.js';
import { resultOf } from '../../../transfers/transfer.samples.js';
import { BrowserUnderTest, hiddenFieldsOf, textOf } from '../../testing/browser-under-test.js';
import { ACCOUNT, answersOf, OPERATOR_ID, UNKNOWN_NUMBER } from '../testing/operator.samples.js';

const FORM = '/operator/cash-deposits';
const CHECK = '/operator/cash-deposits/check';
const typed = { number: ` ${ACCOUNT.number.toLowerCase()} `, amount: '1 234,56', reference: 'Counter 3' };

describe('the operators’ cash deposits', () => {
  let gateway: GatewayUnderTest;
  let operator: BrowserUnderTest;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.sent.length = 0;
    gateway.services.answers = answersOf();
    gateway.services.onSend = (request) => gateway.desk.onResult(resultOf(request));
    operator = new BrowserUnderTest(gateway).signIn('operator', OPERATOR_ID);
  });

  const toCheck = (fields: Partial<typeof typed> = {}) =>
    operator.submit(FORM, CHECK, { ...typed, ...fields });
  const sent = () =>
    gateway.services.sent
      .filter(({ topic }) => topic === TOPICS.transferRequests.name)
      .map(({ value }) => value as TransferRequest);

  it('show whose account it is before anything is booked', async () => {
    const answer = await toCheck();
    expect(answer.location).toMatch(/^\/operator\/cash-deposits\/check\?draft=/);
    const read = textOf((await operator.follow(answer)).text);
    expect(read).toMatch(/Check the deposit 1,234\.56 EUR Holder Anna <Sergeevna> anna@example\.com/);
    expect(read).toMatch(/Currency EUR Status Active Reference Counter 3/);
    expect(sent()).toEqual([]);
  });

  it('are booked once, however often the form is sent', async () => {
    const { text } = await operator.follow(await toCheck());
    const fields = hiddenFieldsOf(text, FORM);
    const answers = await Promise.all([operator.post(FORM, fields), operator.post(FORM, fields)]);
    const transferId = transferIdOf(OPERATOR_ID, fields['key']!);
    for (const { status, location } of answers)
      expect([status, location]).toEqual([303, `/operator/transactions/${transferId}`]);
    expect(new Set(sent().map((request) => request.transferId))).toEqual(new Set([transferId]));
    expect(sent()[0]).toMatchObject({
      kind: 'cash_deposit',
      customerId: OPERATOR_ID,
      debitAccountId: systemAccountIdOf('cash', 'EUR'),
      creditAccountNumber: ACCOUNT.number,
      amountMinor: '123456',
      currency: 'EUR',
      reference: 'Counter 3',
    });
  });

  it('keep what was typed on the way back', async () => {
    const { text } = await operator.follow(await toCheck());
    const back = /href="(\/operator\/cash-deposits\?draft=[^"]+)"/.exec(text)![1]!;
    const form = (await operator.get(back)).text;
    for (const value of ['1 234,56', 'Counter 3']) expect(form).toContain(`value="${value}"`);
    expect(hiddenFieldsOf(form, CHECK)['key']).toBe(hiddenFieldsOf(text, FORM)['key']);
  });

  it.each<[string, Partial<typeof typed>, string]>([
    ['a mistyped number', { number: 'QP77KPCK000012345678' }, 'Check the account number'],
    ['a number of nobody', { number: UNKNOWN_NUMBER }, 'There is no account with this number'],
    ['no amount', { amount: '' }, 'Enter an amount.'],
    ['an amount of two meanings', { amount: '1,234' }, '1,234 can be read in two ways. Write 1234'],
    ['too many decimals', { amount: '1,2345' }, 'EUR has 2 decimals'],
    ['a bell in the reference', { reference: 'ding\u0007' }, 'Write the reference in one line'],
  ])('are not even checked with %s', async (_what, change, sentence) => {
    const answer = await toCheck(change);
    expect(answer.status).toBe(422);
    expect(textOf(answer.text)).toContain(`There is a problem ${sentence}`);
    for (const value of Object.values({ ...typed, ...change }))
      if (value) expect(answer.text).toContain(`value="${value.trim()}"`);
  });

  it('are not offered for a frozen account', async () => {
    gateway.services.answers = answersOf({ ...ACCOUNT, status: 'frozen', statusReason: 'Lost card' });
    const { text } = await operator.follow(await toCheck());
    expect(textOf(text)).toContain('This account is frozen: it takes no money.');
    expect(textOf(text)).not.toContain('Book the deposit');
  });

  it('warn where the holder’s name cannot be read', async () => {
    gateway.services.answers[CUSTOMER_QUESTIONS.read.pattern] = () =>
      Promise.reject(new DeadlineExceeded('late'));
    const { text } = await operator.follow(await toCheck());
    expect(textOf(text)).toContain('Compare the account number before you book.');
  });

  it('say when a form that was sent before comes with other details', async () => {
    const { text } = await operator.follow(await toCheck());
    const fields = hiddenFieldsOf(text, FORM);
    gateway.services.onSend = (request) =>
      gateway.services.reply({
        requestId: request.requestId,
        outcome: 'rejected',
        code: 'idempotency_key_reused',
        detail: 'Used for another deposit.',
      });
    const answer = await operator.post(FORM, { ...fields, amount: '5,00' });
    expect(answer.status).toBe(422);
    expect(textOf(answer.text)).toContain('This form was sent before with other details.');
    expect(hiddenFieldsOf(answer.text, CHECK)['key']).not.toBe(fields['key']);
  });

  it('say that nothing was accepted while the broker takes nothing', async () => {
    const { text } = await operator.follow(await toCheck());
    gateway.services.onSend = () => Promise.reject(new BrokerUnavailable('down'));
    const answer = await operator.post(FORM, hiddenFieldsOf(text, FORM));
    expect(answer.status).toBe(503);
    expect(textOf(answer.text)).toContain('no money moved');
  });

  it('come back with what was typed after a sign-in', async () => {
    const { text } = await operator.get(FORM);
    const fields = { ...hiddenFieldsOf(text, CHECK), ...typed };
    gateway.state.sessions.clear();
    const answer = await operator.post(CHECK, fields);
    expect(answer.status).toBe(401);
    gateway.services.answers[CUSTOMER_QUESTIONS.checkPassword.pattern] = () => ({
      customerId: OPERATOR_ID,
      role: 'operator',
      language: 'en',
    });
    const signIn = { email: 'operator@example.com', password: 'correct horse battery' };
    const again = await operator.post('/sign-in', { ...hiddenFieldsOf(answer.text, '/sign-in'), ...signIn });
    const form = await operator.follow(again);
    expect(again.location).toMatch(/^\/operator\/cash-deposits\?draft=/);
    expect(form.text).toContain('value="1 234,56"');
    expect(sent()).toEqual([]);
  });

  it('of which nobody knows yet are on their way, not lost, at the address that was given', async () => {
    const { text } = await operator.follow(await toCheck());
    gateway.services.onSend = () => Promise.reject(new DeadlineExceeded('late'));
    gateway.services.answers[TRANSFER_QUESTIONS.read.pattern] = () =>
      Promise.reject(new DeadlineExceeded('late'));
    gateway.services.answers[TRANSFER_QUESTIONS.steps.pattern] = () => refusal('transfer_not_found', 'no');
    const transferId = transferIdOf(OPERATOR_ID, hiddenFieldsOf(text, FORM)['key']!);
    const request = { transferId, kind: 'cash_deposit', requestedAt: '2026-03-01T09:30:00.000Z' };
    gateway.state.hints.set(transferId, {
      customerId: OPERATOR_ID,
      transfer: { ...pendingDeposit, ...request } as never,
    });
    const page = await operator.get(`/operator/transactions/${transferId}`);
    expect([page.status, textOf(page.text)]).toEqual([200, expect.stringContaining('On its way')]);
    const other = new BrowserUnderTest(gateway).signIn('operator');
    expect((await other.get(`/operator/transactions/${transferId}`)).status).toBe(504);
  });

  it('ask for the account by its number each time, so that nothing in the form is believed', async () => {
    const { text } = await operator.follow(await toCheck());
    gateway.services.asked.length = 0;
    await operator.post(FORM, hiddenFieldsOf(text, FORM));
    expect(gateway.services.asked.map(({ pattern }) => pattern)).toContain(ACCOUNT_QUESTIONS.find.pattern);
  });
});

const pendingDeposit = {
  status: 'pending',
  reason: null,
  debitAccountId: null,
  creditAccountId: null,
  creditAccountNumber: ACCOUNT.number,
  instructedAmount: { amount: '12.30', currency: 'EUR' },
  conversion: null,
  reference: null,
  endToEndId: null,
  settledAt: null,
};
