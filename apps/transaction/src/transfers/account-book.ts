import type { LedgerAccount } from './ledger-account.js';
import type { Entry } from './transfer.js';

/** A batch's accounts in memory: each transfer is decided on what the ones before it left. */
export class AccountBook {
  private readonly accounts = new Map<string, LedgerAccount>();
  private readonly idByNumber = new Map<string, string>();
  private readonly changedIds = new Set<string>();

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
      this.accounts.set(accountAfter.accountId, accountAfter);
      this.changedIds.add(accountAfter.accountId);
    }
  }

  /** The accounts that entries were posted to, as the last of them left them. */
  get changed(): LedgerAccount[] {
    return [...this.changedIds].map((accountId) => this.accounts.get(accountId)!);
  }
}
