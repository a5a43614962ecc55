import {
  systemAccountIdOf,
  type AccountKind,
  type AccountStatus,
  type RefusalReason,
  type TransferCommand,
  type TransferKind,
} from '@kopeck/contracts';

/** A command in one form only: whatever a sender may write in two ways is written in one here, and so is what's hashed. */
export interface Instruction {
  readonly transferId: string;
  readonly requestId: string;
  readonly customerId: string;
  readonly kind: TransferKind;
  readonly debitAccountId: string;
  readonly creditAccountNumber: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly reference: string | null;
  readonly endToEndId: string | null;
  /** RFC 3339 with milliseconds, as the database keeps it. */
  readonly requestedAt: string;
}

/** What the ledger must know of an account to decide about its money. */
export interface LedgerAccount {
  readonly accountId: string;
  readonly number: string;
  readonly kind: AccountKind;
  /** Null for the bank's own accounts. */
  readonly customerId: string | null;
  readonly currency: string;
  readonly status: AccountStatus;
  readonly balanceMinor: bigint;
  /** The balance may not fall below it; null: no floor. */
  readonly floorMinor: bigint | null;
  /** Counts the account's entries. */
  readonly version: bigint;
}

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

export function instructionOf(command: TransferCommand): Instruction {
  return {
    transferId: command.transferId.toLowerCase(),
    requestId: command.requestId.toLowerCase(),
    customerId: command.customerId.toLowerCase(),
    kind: command.kind,
    debitAccountId: command.debitAccountId.toLowerCase(),
    creditAccountNumber: command.creditAccountNumber,
    amountMinor: BigInt(command.amountMinor),
    currency: command.currency,
    reference: command.reference ?? null,
    endToEndId: command.endToEndId ?? null,
    requestedAt: new Date(command.requestedAt).toISOString(),
  };
}

/**
 * Decides a transfer on the accounts as they are now. The ledger has the last word: it checks everything itself, also
 * what others have checked before. A refusal is a decision like any other, and as final.
 */
export function decide(instruction: Instruction, debit?: LedgerAccount, credit?: LedgerAccount): Decision {
  if (!debit || !mayDebit(instruction, debit)) return refuse('account_not_found');
  if (debit.number === instruction.creditAccountNumber) return refuse('same_account');
  // Money is sent to customers only; the bank's accounts move by rules of their own.
  if (!credit || credit.kind !== 'customer') return refuse('recipient_not_found');
  if (debit.status === 'frozen') return refuse('account_frozen');
  if (credit.status === 'frozen') return refuse('recipient_frozen');
  if (debit.currency !== instruction.currency || credit.currency !== instruction.currency) {
    return refuse('currency_mismatch');
  }
  return post(instruction.amountMinor, debit, credit);
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

function post(amountMinor: bigint, debit: LedgerAccount, credit: LedgerAccount): Decision {
  const debited = entry(debit, -amountMinor);
  const credited = entry(credit, amountMinor);
  if (debit.floorMinor !== null && debited.accountAfter.balanceMinor < debit.floorMinor) {
    return refuse('insufficient_funds');
  }
  const fits =
    debited.accountAfter.balanceMinor >= MIN_BALANCE_MINOR &&
    credited.accountAfter.balanceMinor <= MAX_BALANCE_MINOR;
  return fits ? { status: 'completed', entries: [debited, credited] } : refuse('balance_overflow');
}

function entry(account: LedgerAccount, amountMinor: bigint): Entry {
  const balanceMinor = account.balanceMinor + amountMinor;
  return { amountMinor, accountAfter: { ...account, balanceMinor, version: account.version + 1n } };
}

function refuse(reason: RefusalReason): Decision {
  return { status: 'failed', reason };
}
