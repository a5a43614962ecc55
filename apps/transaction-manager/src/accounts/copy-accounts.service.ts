import type { AccountState } from '@kopeck/contracts';
import { Injectable } from '@nestjs/common';
import { AccountCopyRepository } from './account-copy.repository.js';
import type { AccountFacts, KnownAccounts } from './account-facts.js';
import { AccountMemory } from './account-memory.js';
import { AccountsOfBatch } from './accounts-of-batch.js';

const REMEMBERED_ACCOUNTS = 50_000;

/** The transaction-manager's own copy of whose account is whose, so that it needn't ask the ledger each time. */
@Injectable()
export class CopyAccountsService {
  private readonly memory = new AccountMemory(REMEMBERED_ACCOUNTS);

  constructor(private readonly copies: AccountCopyRepository) {}

  async copy(states: readonly AccountState[]): Promise<void> {
    await this.copies.save(states);
  }

  /**
   * What is known of these accounts now. An account that isn't in the copy may be there all the same: the copy lags.
   *
   * @param accountIds in lower case.
   * @returns what stays as it is while the memory forgets and learns.
   */
  async know(accountIds: readonly string[], numbers: readonly string[]): Promise<KnownAccounts> {
    const known = new AccountsOfBatch();
    const unknownIds = this.recall(accountIds, (id) => this.memory.byId(id), known);
    const unknownNumbers = this.recall(numbers, (number) => this.memory.byNumber(number), known);
    if (unknownIds.length + unknownNumbers.length === 0) return known;
    for (const facts of await this.copies.find(unknownIds, unknownNumbers)) {
      this.memory.add(facts);
      known.add(facts);
    }
    return known;
  }

  /** Adds what is remembered to `known`. @returns what isn't. */
  private recall(
    keys: readonly string[],
    find: (key: string) => AccountFacts | undefined,
    known: AccountsOfBatch,
  ): string[] {
    const unknown = new Set<string>();
    for (const key of keys) {
      const facts = find(key);
      if (facts) known.add(facts);
      else unknown.add(key);
    }
    return [...unknown];
  }
}
