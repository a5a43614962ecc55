import { accountNumberOf, type AccountView, type OpenAccount, type Refusal } from '@kopeck/contracts';
import { Database, type Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import { LedgerSettings } from '../ledger.settings.js';
import { OPENED_OTHERWISE, tooManyAccounts } from './account-refusals.js';
import { AccountSerials } from './account-serials.js';
import { isOpenedBy, viewOf, type Account } from './account.js';
import { AccountRepository } from './account.repository.js';
import { AnnounceAccountsService } from './announce-accounts.service.js';

/** A twelve-digit serial is taken with a chance of one in a thousand once there are 10⁹ accounts; then ten times: never. */
const MAX_DRAWS = 10;

/** Opens an account under an id that the asker chose: the same opening asked again is answered with the same account. */
@Injectable()
export class OpenAccountService {
  constructor(
    private readonly database: Database,
    private readonly accounts: AccountRepository,
    private readonly serials: AccountSerials,
    private readonly announcements: AnnounceAccountsService,
    private readonly settings: LedgerSettings,
  ) {}

  async open(request: OpenAccount): Promise<AccountView | Refusal> {
    // Unique: two customers may come with one id; the second starts again and finds it taken.
    const opened = await this.database.transaction((tx) => this.openOnce(tx, request), {
      retryUniqueViolation: true,
    });
    if ('refused' in opened) return opened;
    this.announcements.announceSoon();
    return viewOf(opened);
  }

  private async openOnce(tx: Transaction, request: OpenAccount): Promise<Account | Refusal> {
    await this.accounts.lockOpenings(tx, request.customerId);
    const known = await this.accounts.lock(tx, request.accountId);
    if (known) return isOpenedBy(known, request) ? known : OPENED_OTHERWISE;
    const limit = this.settings.ACCOUNTS_PER_CUSTOMER;
    if ((await this.accounts.countOf(tx, request.customerId)) >= limit) return tooManyAccounts(limit);
    return this.insert(tx, request);
  }

  private async insert(tx: Transaction, request: OpenAccount): Promise<Account> {
    for (let draw = 0; draw < MAX_DRAWS; draw++) {
      const account = await this.accounts.open(tx, request, accountNumberOf(this.serials.draw()));
      if (account) return account;
    }
    throw new Error(`${MAX_DRAWS} account numbers in a row were taken: twelve digits have become too few`);
  }
}
