import type { AccountFacts, KnownAccounts } from './account-facts.js';

/** What is known of one batch's accounts: as many as it asks for, and none is forgotten before the batch is. */
export class AccountsOfBatch implements KnownAccounts {
  private readonly ids = new Map<string, AccountFacts>();
  private readonly numbers = new Map<string, AccountFacts>();

  byId(accountId: string): AccountFacts | undefined {
    return this.ids.get(accountId);
  }

  byNumber(number: string): AccountFacts | undefined {
    return this.numbers.get(number);
  }

  add(facts: AccountFacts): void {
    this.ids.set(facts.accountId, facts);
    this.numbers.set(facts.number, facts);
  }
}
