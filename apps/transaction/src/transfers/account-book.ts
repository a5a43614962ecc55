import type { LedgerAccount } from './ledger-account.js';
import type { Entry } from './transfer.js';

export interface ChangedAccount {
  readonly before: LedgerAccount;
  readonly after: LedgerAccount;
}

/** A batch's accounts in memory: each transfer is decided on what the ones before it left. */
export class AccountBook {
  private readonly accounts = new Map<string, LedgerAccount>();
  private readonly idByNumber = new Map<string, string>();
  private readonly before = new Map<string, LedgerAccount>();

  constructor(accounts: Iterable<LedgerAccount>) {
    for (const account of accounts) {
      this.accounts.set(account.accountId, account);
      this.idByNumber.set(account.number, account.accountId);
    }
  }

  byId(accountId: string): LedgerAccount | undefined {
    return this.accounts.get(accountId);
  }

  byNumber(number: string): LedgerAccount | undefined {
    const accountId = this.idByNumber.get(number);
    return accountId === undefined ? undefined : this.accounts.get(accountId);
  }

  post(entries: readonly Entry[]): void {
    for (const { accountAfter } of entries) {
      const { accountId } = accountAfter;
      if (!this.before.has(accountId)) this.before.set(accountId, this.accounts.get(accountId)!);
      this.accounts.set(accountId, accountAfter);
    }
  }

  /** The accounts that entries were posted to, as they were and as the last entry left them. */
  get changed(): ChangedAccount[] {
    return [...this.before.values()].map((before) => ({
      before,
      after: this.accounts.get(before.accountId)!,
    }));
  }
}
