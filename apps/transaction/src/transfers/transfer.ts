import { systemAccountIdOf, type RefusalReason } from '@kopeck/contracts';
import type { Instruction } from './instruction.js';
import type { LedgerAccount } from './ledger-account.js';
import { bankAccountIdsOf, conversionPostings, type Posting } from './postings.js';

/** One line of double entry: an amount, and the account as it is afterwards. */
export interface Entry {
  /** Negative: a debit, positive: a credit. */
  readonly amountMinor: bigint;
  readonly accountAfter: LedgerAccount;
}

export type Decision =
  | { readonly status: 'completed'; readonly entries: readonly Entry[] }
  | { readonly status: 'failed'; readonly reason: RefusalReason };

/** What a PostgreSQL bigint holds. */
const MAX_BALANCE_MINOR = 2n ** 63n - 1n;
const MIN_BALANCE_MINOR = -(2n ** 63n);

/**
 * Decides a transfer on the accounts as they are now. The ledger has the last word: it checks everything itself, also
 * what others have checked before. A refusal is a decision like any other, and as final.
 *
 * @param accountOf the bank's own accounts, by id.
 */
export function decide(
  instruction: Instruction,
  debit: LedgerAccount | undefined,
  credit: LedgerAccount | undefined,
  accountOf: (accountId: string) => LedgerAccount | undefined,
): Decision {
  if (instruction.refusal) return refuse(instruction.refusal);
  if (!debit || !mayDebit(instruction, debit)) return refuse('account_not_found');
  if (debit.number === instruction.creditAccountNumber) return refuse('same_account');
  // Money is sent to customers only; the bank's accounts move by rules of their own.
  if (!credit || credit.kind !== 'customer') return refuse('recipient_not_found');
  if (debit.status === 'frozen') return refuse('account_frozen');
  if (credit.status === 'frozen') return refuse('recipient_frozen');
  const postings = postingsOf(instruction, debit, credit, accountOf);
  return postings ? post(postings) : refuse('currency_mismatch');
}

/** Undefined when the accounts have other currencies than the instruction says. */
function postingsOf(
  instruction: Instruction,
  debit: LedgerAccount,
  credit: LedgerAccount,
  accountOf: (accountId: string) => LedgerAccount | undefined,
): readonly Posting[] | undefined {
  const { currency, conversion, amountMinor } = instruction;
  const creditCurrency = conversion?.buyCurrency ?? currency;
  if (debit.currency !== currency || credit.currency !== creditCurrency) return undefined;
  if (!conversion) {
    return instruction.kind === 'conversion'
      ? undefined
      : [
          { account: debit, amountMinor: -amountMinor },
          { account: credit, amountMinor },
        ];
  }
  if (creditCurrency === currency) return undefined;
  const bank = bankAccountIdsOf(instruction).map(accountOf);
  return conversionPostings(instruction, conversion, [debit, credit], bank);
}

/** A customer debits accounts of their own; cash handed over at the counter comes out of the bank's cash account. */
function mayDebit(instruction: Instruction, debit: LedgerAccount): boolean {
  switch (instruction.kind) {
    case 'transfer':
    case 'conversion':
      return debit.kind === 'customer' && debit.customerId === instruction.customerId;
    case 'cash_deposit':
      return debit.accountId === systemAccountIdOf('cash', instruction.currency);
  }
}

function post(postings: readonly Posting[]): Decision {
  const entries = postings.map(({ account, amountMinor }) => entry(account, amountMinor));
  if (entries.some(isBelowFloor)) return refuse('insufficient_funds');
  return entries.every(fits) ? { status: 'completed', entries } : refuse('balance_overflow');
}

function isBelowFloor({ amountMinor, accountAfter: { balanceMinor, floorMinor } }: Entry): boolean {
  return amountMinor < 0n && floorMinor !== null && balanceMinor < floorMinor;
}

function fits({ accountAfter: { balanceMinor } }: Entry): boolean {
  return balanceMinor >= MIN_BALANCE_MINOR && balanceMinor <= MAX_BALANCE_MINOR;
}

function entry(account: LedgerAccount, amountMinor: bigint): Entry {
  const balanceMinor = account.balanceMinor + amountMinor;
  return { amountMinor, accountAfter: { ...account, balanceMinor, version: account.version + 1n } };
}

function refuse(reason: RefusalReason): Decision {
  return { status: 'failed', reason };
}
