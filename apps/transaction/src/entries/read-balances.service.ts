import type { BalanceAt, ReadBalances, Refusal } from '@kopeck/contracts';
import { Injectable } from '@nestjs/common';
import { ACCOUNT_NOT_FOUND } from '../accounts/account-refusals.js';
import { EntryRepository } from './entry.repository.js';

/** What an account held at moments of the past. */
@Injectable()
export class ReadBalancesService {
  constructor(private readonly entries: EntryRepository) {}

  async read({ accountId, customerId, moments }: ReadBalances): Promise<BalanceAt[] | Refusal> {
    const balances = await this.entries.balancesAt(accountId, customerId, moments);
    return balances.length === 0 ? ACCOUNT_NOT_FOUND : balances;
  }
}
