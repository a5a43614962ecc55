import { LRUCache } from 'lru-cache';
import type { AccountKeys } from './account-keys.js';
import type { LedgerAccount } from './ledger-account.js';

/** Some 300 bytes each. */
const MOST_ACCOUNTS = 200_000;

/**
 * Accounts as this process left them. They may be outdated the moment they are looked at: whoever decides on them has to
 * write so that nothing is written if they are.
 */
export class RememberedAccounts {
  private readonly accounts: LRUCache<string, LedgerAccount>;
  private readonly idByNumber = new Map<string, string>();

  constructor(mostAccounts = MOST_ACCOUNTS) {
    this.accounts = new LRUCache({
      max: mostAccounts,
      noDisposeOnSet: true,
      dispose: ({ number }) => this.idByNumber.delete(number),
    });
  }

  /** What is remembered of those asked for, each once, and the keys of the rest. */
  of({ accountIds, numbers }: AccountKeys): { found: LedgerAccount[]; missing: AccountKeys } {
    const found = new Map<string, LedgerAccount>();
    const isMissing = (account: LedgerAccount | undefined) => {
      if (account) found.set(account.accountId, account);
      return account === undefined;
    };
    const missing = {
      accountIds: accountIds.filter((accountId) => isMissing(this.accounts.get(accountId))),
      numbers: numbers.filter((number) => isMissing(this.byNumber(number))),
    };
    return { found: [...found.values()], missing };
  }

  /** Only what is committed. Above the limit those go that were left alone for longest. */
  remember(accounts: Iterable<LedgerAccount>): void {
    for (const account of accounts) {
      this.accounts.set(account.accountId, account);
      this.idByNumber.set(account.number, account.accountId);
    }
  }

  forget(accounts: Iterable<LedgerAccount>): void {
    for (const { accountId } of accounts) this.accounts.delete(accountId);
  }

  private byNumber(number: string): LedgerAccount | undefined {
    const accountId = this.idByNumber.get(number);
    return accountId === undefined ? undefined : this.accounts.get(accountId);
  }
}
