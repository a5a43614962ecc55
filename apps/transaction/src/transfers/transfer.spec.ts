import { accountNumberOf, type TransferCommand } from '@kopeck/contracts';
import { bankAccountIdsOf } from './postings.js';
import { account, bankAccounts, cashAccount, instruction, termsOf } from './testing/sample-ledger.js';
import { instructionOf, type Instruction } from './instruction.js';
import type { LedgerAccount } from './ledger-account.js';
import { decide } from './transfer.js';

const MAX = 2n ** 63n - 1n;

function bankOf(accounts: readonly LedgerAccount[]) {
  return (accountId: string) => accounts.find((each) => each.accountId === accountId);
}

describe('decide', () => {
  const debit = account({ balanceMinor: 1_000n, version: 7n });
  const credit = account({ balanceMinor: 50n, version: 2n });

  function decided(
    order: Partial<Instruction> = {},
    from: LedgerAccount = debit,
    to: LedgerAccount = credit,
  ) {
    return decide(instruction(from, to, order), from, to, bankOf([]));
  }

  it('takes from one account what it gives to the other, and counts both versions on', () => {
    expect(decided({ amountMinor: 300n })).toEqual({
      status: 'completed',
      entries: [
        { amountMinor: -300n, accountAfter: { ...debit, balanceMinor: 700n, version: 8n } },
        { amountMinor: 300n, accountAfter: { ...credit, balanceMinor: 350n, version: 3n } },
      ],
    });
  });

  it('lets an account go down to its floor and no further', () => {
    expect(decided({ amountMinor: 1_000n })).toMatchObject({ status: 'completed' });
    expect(decided({ amountMinor: 1_001n })).toEqual({ status: 'failed', reason: 'insufficient_funds' });
    const overdraft = account({ balanceMinor: 0n, floorMinor: -500n });
    expect(decided({ amountMinor: 500n }, overdraft)).toMatchObject({ status: 'completed' });
    expect(decided({ amountMinor: 501n }, overdraft)).toMatchObject({ reason: 'insufficient_funds' });
  });

  it.each<[string, Partial<LedgerAccount>, Partial<LedgerAccount>, Partial<Instruction>]>([
    ['account_not_found', { customerId: account().customerId }, {}, { customerId: account().customerId! }],
    ['account_not_found', { kind: 'revenue', customerId: null }, {}, {}],
    ['recipient_not_found', {}, { kind: 'cash', customerId: null }, {}],
    ['account_frozen', { status: 'frozen' }, {}, {}],
    ['account_frozen', { status: 'frozen' }, { status: 'frozen' }, {}],
    ['recipient_frozen', {}, { status: 'frozen' }, {}],
    ['currency_mismatch', {}, { currency: 'USD' }, {}],
    ['currency_mismatch', { currency: 'USD' }, {}, { currency: 'EUR' }],
    ['currency_mismatch', {}, {}, { currency: 'USD' }],
    ['balance_overflow', {}, { balanceMinor: MAX - 99n }, {}],
  ])('refuses with %s: debit %p, credit %p, instruction %p', (reason, ofDebit, ofCredit, order) => {
    const decision = decided(order, { ...debit, ...ofDebit }, { ...credit, ...ofCredit });
    expect(decision).toEqual({ status: 'failed', reason });
  });

  it('refuses accounts that are not there', () => {
    const order = instruction(debit, credit);
    expect(decide(order, undefined, credit, bankOf([]))).toEqual({
      status: 'failed',
      reason: 'account_not_found',
    });
    expect(decide(order, debit, undefined, bankOf([]))).toEqual({
      status: 'failed',
      reason: 'recipient_not_found',
    });
  });

  it('refuses a transfer to the account it comes from', () => {
    expect(decided({}, debit, debit)).toEqual({ status: 'failed', reason: 'same_account' });
  });

  it('fills the last unit that a balance can hold', () => {
    expect(decided({}, debit, { ...credit, balanceMinor: MAX - 100n })).toMatchObject({
      status: 'completed',
    });
  });

  describe('a cash deposit', () => {
    const cash = cashAccount();

    it("comes out of the bank's cash account, which may go below zero", () => {
      expect(decided({}, cash)).toMatchObject({
        status: 'completed',
        entries: [{ accountAfter: { balanceMinor: -100n } }, { accountAfter: { balanceMinor: 150n } }],
      });
    });

    it.each<[string, LedgerAccount, Partial<Instruction>]>([
      ['a customer account', debit, { kind: 'cash_deposit' }],
      [
        "another of the bank's accounts",
        { ...cash, accountId: account().accountId, kind: 'revenue' },
        { kind: 'cash_deposit' },
      ],
      ["another currency's cash account", cashAccount('USD'), { kind: 'cash_deposit', currency: 'EUR' }],
    ])('does not come out of %s', (_what, from, order) => {
      expect(decided(order, from)).toEqual({ status: 'failed', reason: 'account_not_found' });
    });

    it('is the only way to debit the cash account', () => {
      expect(decided({ kind: 'transfer' }, cash)).toEqual({ status: 'failed', reason: 'account_not_found' });
    });

    it('stops where a bigint ends', () => {
      const empty = { ...cash, balanceMinor: -(2n ** 63n) };
      expect(decided({}, empty)).toEqual({ status: 'failed', reason: 'balance_overflow' });
    });

    it('does not reach a frozen account', () => {
      expect(decided({}, cash, { ...credit, status: 'frozen' })).toMatchObject({
        reason: 'recipient_frozen',
      });
    });
  });
});

describe('a conversion', () => {
  const debit = account({ currency: 'EUR', balanceMinor: 10_000n });
  const credit = account({ currency: 'JPY' });
  const bank = bankAccounts('EUR', 'JPY');
  const [soldPosition, boughtPosition, revenue, rounding] = bankAccountIdsOf(
    instruction(debit, credit, { conversion: termsOf({ buyCurrency: 'JPY' }) }),
  );

  function converted(order: Partial<Instruction> = {}, from = debit, to = credit, accounts = bank) {
    const conversion = termsOf({
      buyCurrency: 'JPY',
      buyMinor: '15700',
      revenueMinor: '79',
      roundingMinor: '1',
    });
    const asked = instruction(from, to, { kind: 'conversion', amountMinor: 10_000n, conversion, ...order });
    return decide(asked, from, to, bankOf(accounts));
  }

  it('sells to the one position and is paid by the other, margin and rounding apart', () => {
    const decision = converted();
    if (decision.status === 'failed') throw new Error(decision.reason);
    expect(decision.entries.map((entry) => [entry.accountAfter.accountId, entry.amountMinor])).toEqual([
      [debit.accountId, -10_000n],
      [soldPosition, 10_000n],
      [boughtPosition, -15_780n],
      [credit.accountId, 15_700n],
      [revenue, 79n],
      [rounding, 1n],
    ]);
  });

  it('has four entries where nothing is left for the bank', () => {
    const conversion = termsOf({ buyCurrency: 'JPY', buyMinor: '15700' });
    expect(converted({ conversion })).toMatchObject({ status: 'completed', entries: { length: 4 } });
  });

  it.each<[string, Partial<LedgerAccount>, Partial<LedgerAccount>, Partial<Instruction>]>([
    ['insufficient_funds', { balanceMinor: 9_999n }, {}, {}],
    ['currency_mismatch', {}, { currency: 'EUR' }, {}],
    ['currency_mismatch', { currency: 'USD' }, {}, { currency: 'EUR' }],
    ['currency_mismatch', {}, { currency: 'EUR' }, { conversion: termsOf({ buyCurrency: 'EUR' }) }],
    ['currency_mismatch', {}, {}, { conversion: null }],
    ['balance_overflow', {}, { balanceMinor: MAX }, {}],
    ['account_frozen', { status: 'frozen' }, {}, {}],
    ['recipient_frozen', {}, { status: 'frozen' }, {}],
    ['quote_expired', {}, {}, { refusal: 'quote_expired' }],
    ['account_not_found', {}, {}, { customerId: account().customerId! }],
  ])('is refused with %s', (reason, ofDebit, ofCredit, order) => {
    expect(converted(order, { ...debit, ...ofDebit }, { ...credit, ...ofCredit })).toEqual({
      status: 'failed',
      reason,
    });
  });

  it('is refused where the bank has no accounts for it, or no room in them', () => {
    expect(converted({}, debit, credit, [])).toEqual({ status: 'failed', reason: 'currency_mismatch' });
    const full = bank.map((each) => ({ ...each, balanceMinor: -(2n ** 63n) }));
    expect(converted({}, debit, credit, full)).toEqual({ status: 'failed', reason: 'balance_overflow' });
  });
});

describe('instructionOf', () => {
  it('writes in one way what senders may write in several', () => {
    const command: TransferCommand = {
      transferId: 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11',
      requestId: 'B0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11',
      customerId: 'C0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11',
      kind: 'transfer',
      debitAccountId: 'D0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11',
      creditAccountNumber: accountNumberOf(12_345_678n),
      amountMinor: '999999999999999',
      currency: 'EUR',
      requestedAt: '2026-10-01T12:00:00.123456Z',
    };
    expect(instructionOf(command)).toEqual({
      transferId: 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
      requestId: 'b0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
      customerId: 'c0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
      kind: 'transfer',
      debitAccountId: 'd0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11',
      creditAccountNumber: command.creditAccountNumber,
      amountMinor: 999_999_999_999_999n,
      currency: 'EUR',
      reference: null,
      endToEndId: null,
      requestedAt: '2026-10-01T12:00:00.123Z',
      conversion: null,
      refusal: null,
    });
  });
});
