import type { AccountState } from '@kopeck/contracts';
import { Injectable } from '@nestjs/common';
import { AccountCopyRepository } from './account-copy.repository.js';
import type { KnownAccounts } from './account-facts.js';
import { AccountMemory } from './account-memory.js';

const REMEMBERED_ACCOUNTS = 50_000;

/** The transaction-manager's own copy of whose account is whose, so that it needn't ask the ledger each time. */
@Injectable()
export class CopyAccountsService {
  private readonly memory = new AccountMemory(REMEMBERED_ACCOUNTS);

  constructor(private readonly copies: AccountCopyRepository) {}

  async copy(states: readonly AccountState[]): Promise<void> {
    await this.copies.save(states);
  }

  /** What is known of these accounts. An account that isn't in the copy may be there all the same: the copy lags. */
  async know(accountIds: readonly string[], numbers: readonly string[]): Promise<KnownAccounts> {
    const unknownIds = accountIds.filter((id) => !this.memory.byId(id));
    const unknownNumbers = numbers.filter((number) => !this.memory.byNumber(number));
    if (unknownIds.length + unknownNumbers.length > 0) {
      const found = await this.copies.find([...new Set(unknownIds)], [...new Set(unknownNumbers)]);
      for (const facts of found) this.memory.add(facts);
    }
    return this.memory;
  }
}
