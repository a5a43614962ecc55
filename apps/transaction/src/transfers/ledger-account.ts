import type { AccountKind, AccountStatus } from '@kopeck/contracts';

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
