import type { AccountView, Refusal, RenameAccount } from '@kopeck/contracts';
import { Injectable } from '@nestjs/common';
import { ACCOUNT_NOT_FOUND, CHANGED_MEANWHILE } from './account-refusals.js';
import { viewOf } from './account.js';
import { AccountRepository } from './account.repository.js';
import { AnnounceAccountsService } from './announce-accounts.service.js';

/** Renames an account, if it is still as the asker saw it. */
@Injectable()
export class RenameAccountService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly announcements: AnnounceAccountsService,
  ) {}

  async rename({ accountId, customerId, name, revision }: RenameAccount): Promise<AccountView | Refusal> {
    const renamed = await this.accounts.rename(accountId, customerId, name, revision);
    if (!renamed) {
      const current = await this.accounts.read(accountId, customerId);
      return current ? CHANGED_MEANWHILE : ACCOUNT_NOT_FOUND;
    }
    this.announcements.announceSoon();
    return viewOf(renamed);
  }
}
