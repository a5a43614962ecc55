import type { AccountKind, AccountState, AccountStatus, AccountView } from '@kopeck/contracts';

/** An account as the ledger keeps it, for everything but postings (see `LedgerAccount` for those). */
export interface Account {
  readonly accountId: string;
  readonly number: string;
  readonly kind: AccountKind;
  /** Null for the bank's own accounts. */
  readonly customerId: string | null;
  readonly name: string;
  /** The name it was opened under. */
  readonly openedAs: string;
  readonly currency: string;
  readonly status: AccountStatus;
  readonly statusReason: string | null;
  readonly balanceMinor: bigint;
  /** Counts entries. */
  readonly version: bigint;
  /** Counts changes of name and status. */
  readonly revision: bigint;
  readonly openedAt: Date;
}

/** What somebody wants to open. */
export interface Opening {
  readonly accountId: string;
  readonly customerId: string;
  readonly currency: string;
  readonly name: string;
}

/** True when the account came of this very opening, so that the opening asked again is answered with it. */
export function isOpenedBy(account: Account, opening: Opening): boolean {
  return (
    account.customerId === opening.customerId.toLowerCase() &&
    account.currency === opening.currency &&
    account.openedAs === opening.name
  );
}

export function isBanks(account: Account): boolean {
  return account.customerId === null;
}

export function viewOf(account: Account): AccountView {
  return {
    accountId: account.accountId,
    number: account.number,
    kind: account.kind,
    customerId: account.customerId,
    name: account.name,
    currency: account.currency,
    status: account.status,
    statusReason: account.statusReason,
    balanceMinor: account.balanceMinor.toString(),
    version: account.version.toString(),
    revision: account.revision.toString(),
    openedAt: account.openedAt.toISOString(),
  };
}

/** What others may copy: no balance, no name. */
export function stateOf(account: Account): AccountState {
  return {
    accountId: account.accountId,
    number: account.number,
    kind: account.kind,
    customerId: account.customerId,
    currency: account.currency,
    status: account.status,
    revision: account.revision.toString(),
  };
}
