import type { AccountView, Refusal } from '@kopeck/contracts';
import { Injectable } from '@nestjs/common';
import { ACCOUNT_NOT_FOUND } from './account-refusals.js';
import { viewOf } from './account.js';
import { AccountRepository, type Owner } from './account.repository.js';

@Injectable()
export class ReadAccountsService {
  constructor(private readonly accounts: AccountRepository) {}

  async list(customerId: string): Promise<AccountView[]> {
    return (await this.accounts.listOf(customerId)).map(viewOf);
  }

  async read(accountId: string, owner: Owner): Promise<AccountView | Refusal> {
    const account = await this.accounts.read(accountId, owner);
    return account ? viewOf(account) : ACCOUNT_NOT_FOUND;
  }

  async find(number: string): Promise<AccountView | Refusal> {
    const account = await this.accounts.findByNumber(number);
    return account ? viewOf(account) : ACCOUNT_NOT_FOUND;
  }
}
