import type { AccountFacts, KnownAccounts } from './account-facts.js';

/**
 * Facts of accounts seen lately. They never change, so nothing has to be invalidated; the oldest go when it's full.
 */
export class AccountMemory implements KnownAccounts {
  private readonly ids = new Map<string, AccountFacts>();
  private readonly numbers = new Map<string, AccountFacts>();

  /** @param limit accounts; each takes some 300 bytes. */
  constructor(private readonly limit: number) {}

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
    if (this.ids.size <= this.limit) return;
    const oldest: AccountFacts = this.ids.values().next().value!;
    this.ids.delete(oldest.accountId);
    this.numbers.delete(oldest.number);
  }
}
