import {
  ACCOUNT_QUESTIONS,
  CUSTOMER_QUESTIONS,
  refusal,
  systemAccountIdOf,
  type EntryView,
} from '@kopeck/contracts';
import { DeadlineExceeded } from '@kopeck/kafka';
import { startGateway, type GatewayUnderTest } from '../../../testing/gateway-under-test.js';
import { BrowserUnderTest, textOf } from '../../testing/browser-under-test.js';
import { ACCOUNT, answersOf, OPERATOR_ID, UNKNOWN_NUMBER } from '../testing/operator.samples.js';

const PAGE = `/operator/accounts/${ACCOUNT.accountId}`;
const entry: EntryView = {
  transferId: '44444444-4444-4444-8444-444444444444',
  kind: 'transfer',
  amountMinor: '-1230',
  balanceAfterMinor: '123450',
  currency: 'EUR',
  accountVersion: '7',
  counterpartyNumber: 'QP49KPCK000087654321',
  counterpartyIsBank: false,
  reference: 'Lunch',
  postedAt: '2026-03-01T09:30:00.012Z',
};

describe('the operators’ pages of accounts', () => {
  let gateway: GatewayUnderTest;
  let operator: BrowserUnderTest;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.asked.length = 0;
    gateway.services.answers = {
      ...answersOf(),
      [ACCOUNT_QUESTIONS.entries.pattern]: () => ({ data: [entry], nextCursor: null }),
      [ACCOUNT_QUESTIONS.freeze.pattern]: () => ACCOUNT,
    };
    operator = new BrowserUnderTest(gateway).signIn('operator', OPERATOR_ID);
  });

  const frozen = () =>
    gateway.services.asked.filter(({ pattern }) => pattern === ACCOUNT_QUESTIONS.freeze.pattern);

  it('are found by a number as people write it', async () => {
    const number = ACCOUNT.number.replace(/(.{4})/g, '$1 ').toLowerCase();
    const answer = await operator.get(`/operator/accounts?number=${encodeURIComponent(number)}`);
    expect([answer.status, answer.location]).toEqual([303, PAGE]);
  });

  it.each([
    ['QP77KPCK000012345678', 'Check the account number'],
    [UNKNOWN_NUMBER, 'There is no account with this number'],
    ['', 'Check the account number'],
  ])('say what is wrong with %j', async (number, sentence) => {
    const { status, text } = await operator.get(`/operator/accounts?number=${number}`);
    expect(status).toBe(422);
    expect(textOf(text)).toContain(`There is a problem ${sentence}`);
    if (number) expect(text).toContain(`value="${number}"`);
  });

  it('show status, holder, balance and what was posted last', async () => {
    const read = textOf((await operator.get(PAGE)).text);
    expect(read).toMatch(/1,234\.50 EUR Status Active Holder Anna <Sergeevna> anna@example\.com/);
    expect(read).toMatch(/Transfer QP49 KPCK 0000 8765 4321 Lunch Money out: −12\.30 EUR 1,234\.50 EUR/);
  });

  it('are frozen with a reason, once', async () => {
    const answer = await operator.submit(PAGE, PAGE, { reason: ' Asked for by phone ' });
    expect([answer.status, answer.location]).toEqual([303, PAGE]);
    expect(frozen()[0]!.request).toEqual({
      accountId: ACCOUNT.accountId,
      operatorId: OPERATOR_ID,
      frozen: true,
      reason: 'Asked for by phone',
    });
    expect(textOf((await operator.follow(answer)).text)).toContain('The account is frozen');
  });

  it('are let work again with a reason', async () => {
    gateway.services.answers = {
      ...gateway.services.answers,
      ...answersOf({ ...ACCOUNT, status: 'frozen', statusReason: 'Lost <card>' }),
      [ACCOUNT_QUESTIONS.freeze.pattern]: () => ACCOUNT,
    };
    expect(textOf((await operator.get(PAGE)).text)).toMatch(/Status Frozen Reason of the status Lost <card>/);
    const answer = await operator.submit(PAGE, PAGE, { reason: 'Card found' });
    expect(frozen()[0]!.request).toMatchObject({ frozen: false, reason: 'Card found' });
    expect(textOf((await operator.follow(answer)).text)).toContain('The account works again.');
  });

  it.each(['', 'no', 'x'.repeat(201), 'a\nb'])(
    'are not frozen for the reason %j, which is kept',
    async (reason) => {
      const answer = await operator.submit(PAGE, PAGE, { reason });
      expect(answer.status).toBe(422);
      expect(textOf(answer.text)).toContain('There is a problem Give a reason in one line');
      if (reason) expect(answer.text).toContain(`value="${reason}"`);
      expect(frozen()).toEqual([]);
    },
  );

  it('of the bank itself are shown and cannot be frozen', async () => {
    const accountId = systemAccountIdOf('cash', 'EUR');
    gateway.services.answers = answersOf({ ...ACCOUNT, accountId, kind: 'cash', customerId: null });
    const { text } = await operator.get(`/operator/accounts/${accountId}`);
    expect(textOf(text)).toContain('Holder The bank: cash');
    expect(textOf(text)).not.toContain('Freeze');
  });

  it('are shown without what nobody can tell for the moment', async () => {
    const late = () => Promise.reject(new DeadlineExceeded('late'));
    gateway.services.answers[ACCOUNT_QUESTIONS.entries.pattern] = late;
    gateway.services.answers[CUSTOMER_QUESTIONS.read.pattern] = late;
    const { status, text } = await operator.get(PAGE);
    expect([status, textOf(text)]).toEqual([200, expect.stringContaining('The entries cannot be read')]);
  });

  it('are not found where there is none', async () => {
    gateway.services.answers[ACCOUNT_QUESTIONS.read.pattern] = () => refusal('not_found', 'no');
    expect((await operator.get(PAGE)).status).toBe(404);
  });
});
