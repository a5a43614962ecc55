import { DatabaseModule, isTransientDatabaseError } from '@kopeck/database';
import { ServiceModule } from '@kopeck/service';
import { Module } from '@nestjs/common';
import { AccountSerials } from './accounts/account-serials.js';
import { AccountRepository } from './accounts/account.repository.js';
import { AnnounceAccountsService } from './accounts/announce-accounts.service.js';
import { AnnouncementRepository } from './accounts/announcement.repository.js';
import { FreezeAccountController } from './accounts/freeze-account.controller.js';
import { FreezeAccountService } from './accounts/freeze-account.service.js';
import { OpenAccountController } from './accounts/open-account.controller.js';
import { OpenAccountService } from './accounts/open-account.service.js';
import { ReadAccountsController } from './accounts/read-accounts.controller.js';
import { ReadAccountsService } from './accounts/read-accounts.service.js';
import { RenameAccountController } from './accounts/rename-account.controller.js';
import { RenameAccountService } from './accounts/rename-account.service.js';
import { EntryRepository } from './entries/entry.repository.js';
import { ListEntriesController } from './entries/list-entries.controller.js';
import { ListEntriesService } from './entries/list-entries.service.js';
import { ReadBalancesController } from './entries/read-balances.controller.js';
import { ReadBalancesService } from './entries/read-balances.service.js';
import { LedgerSettings } from './ledger.settings.js';
import { ExecuteTransfersController } from './transfers/execute-transfers.controller.js';
import { ExecuteTransfersService } from './transfers/execute-transfers.service.js';
import { TransferMetrics } from './transfers/transfer.metrics.js';
import { TransferRepository } from './transfers/transfer.repository.js';

@Module({
  imports: [
    ServiceModule.forRoot({
      service: 'transaction',
      settings: [LedgerSettings],
      isTransient: isTransientDatabaseError,
    }),
    DatabaseModule.forService({ service: 'transaction', schema: 'ledger' }),
  ],
  controllers: [
    ExecuteTransfersController,
    OpenAccountController,
    ReadAccountsController,
    RenameAccountController,
    FreezeAccountController,
    ListEntriesController,
    ReadBalancesController,
  ],
  providers: [
    ExecuteTransfersService,
    TransferRepository,
    TransferMetrics,
    OpenAccountService,
    ReadAccountsService,
    RenameAccountService,
    FreezeAccountService,
    AnnounceAccountsService,
    AccountRepository,
    AnnouncementRepository,
    AccountSerials,
    ListEntriesService,
    EntryRepository,
    ReadBalancesService,
  ],
})
export class AppModule {}
