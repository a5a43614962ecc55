import { LRUCache } from 'lru-cache';
import type { AccountFacts, KnownAccounts } from './account-facts.js';

/**
 * Facts of accounts seen lately. They never change, so nothing has to be invalidated; those unused for longest go when it's full.
 */
export class AccountMemory implements KnownAccounts {
  private readonly ids: LRUCache<string, AccountFacts>;
  private readonly numbers = new Map<string, AccountFacts>();

  /** @param limit accounts, at least one; each takes some 300 bytes. */
  constructor(limit: number) {
    this.ids = new LRUCache({ max: limit, dispose: ({ number }) => this.numbers.delete(number) });
  }

  byId(accountId: string): AccountFacts | undefined {
    return this.ids.get(accountId);
  }

  byNumber(number: string): AccountFacts | undefined {
    return this.numbers.get(number);
  }

  add(facts: AccountFacts): void {
    if (this.ids.has(facts.accountId)) return;
    this.ids.set(facts.accountId, facts);
    this.numbers.set(facts.number, facts);
  }
}
