import type { AccountKind } from '@kopeck/contracts';

/** What never changes about an account once it's open, and may therefore be known from a copy that lags. */
export interface AccountFacts {
  readonly accountId: string;
  readonly number: string;
  readonly kind: AccountKind;
  /** Null for the bank's own accounts. */
  readonly customerId: string | null;
  readonly currency: string;
}

/** The accounts of a batch, as far as they are known. */
export interface KnownAccounts {
  byId(accountId: string): AccountFacts | undefined;
  byNumber(number: string): AccountFacts | undefined;
}
