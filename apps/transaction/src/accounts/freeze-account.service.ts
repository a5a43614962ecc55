import type { AccountView, FreezeAccount, Refusal } from '@kopeck/contracts';
import { Database, type Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import { ACCOUNT_NOT_FOUND, BANKS_ACCOUNT } from './account-refusals.js';
import { isBanks, viewOf, type Account } from './account.js';
import { AccountRepository } from './account.repository.js';
import { AnnounceAccountsService } from './announce-accounts.service.js';

/**
 * Freezes an account or makes it active again. It takes the lock that postings take, so when it has answered, no transfer
 * is under way that was decided on the old status. An account that has the wanted status already stays as it is.
 */
@Injectable()
export class FreezeAccountService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountRepository,
    private readonly announcements: AnnounceAccountsService,
  ) {}

  async freeze(request: FreezeAccount): Promise<AccountView | Refusal> {
    const account = await this.database.transaction((tx) => this.changeStatus(tx, request));
    if ('refused' in account) return account;
    this.announcements.announceSoon();
    return viewOf(account);
  }

  private async changeStatus(tx: Transaction, request: FreezeAccount): Promise<Account | Refusal> {
    const account = await this.accounts.lock(tx, request.accountId);
    if (!account) return ACCOUNT_NOT_FOUND;
    if (isBanks(account)) return BANKS_ACCOUNT;
    const status = request.frozen ? 'frozen' : 'active';
    if (account.status === status) return account;
    return this.accounts.changeStatus(tx, {
      accountId: account.accountId,
      status,
      reason: request.reason,
      changedBy: request.operatorId,
    });
  }
}
