import { LRUCache } from 'lru-cache';
import type { AccountFacts } from './account-facts.js';

/**
 * Facts of accounts seen lately. They never change, so nothing has to be invalidated; those unused for longest go when it's full.
 */
export class AccountMemory {
  private readonly ids: LRUCache<string, AccountFacts>;
  private readonly idByNumber = new Map<string, string>();

  /** @param limit accounts, at least one; each takes some 300 bytes. */
  constructor(limit: number) {
    this.ids = new LRUCache({ max: limit, dispose: ({ number }) => this.idByNumber.delete(number) });
  }

  byId(accountId: string): AccountFacts | undefined {
    return this.ids.get(accountId);
  }

  byNumber(number: string): AccountFacts | undefined {
    const accountId = this.idByNumber.get(number);
    return accountId === undefined ? undefined : this.ids.get(accountId);
  }

  add(facts: AccountFacts): void {
    if (this.ids.has(facts.accountId)) return;
    this.ids.set(facts.accountId, facts);
    this.idByNumber.set(facts.number, facts.accountId);
  }
}
