import { DatabaseModule, isTransientDatabaseError } from '@kopeck/database';
import { ServiceModule } from '@kopeck/service';
import { Module } from '@nestjs/common';
import { AccountCopyRepository } from './accounts/account-copy.repository.js';
import { CopyAccountsController } from './accounts/copy-accounts.controller.js';
import { CopyAccountsService } from './accounts/copy-accounts.service.js';
import { TransactionManagerSettings } from './transaction-manager.settings.js';
import { AcceptTransfersController } from './transfers/accept-transfers.controller.js';
import { AcceptTransfersService } from './transfers/accept-transfers.service.js';
import { DueTransferRepository } from './transfers/due-transfer.repository.js';
import { FollowTransfersController } from './transfers/follow-transfers.controller.js';
import { FollowTransfersService } from './transfers/follow-transfers.service.js';
import { ReadTransfersController } from './transfers/read-transfers.controller.js';
import { ReadTransfersService } from './transfers/read-transfers.service.js';
import { ReforwardTransfersService } from './transfers/reforward-transfers.service.js';
import { TransferRegisterRepository } from './transfers/transfer-register.repository.js';
import { TransferViewRepository } from './transfers/transfer-view.repository.js';
import { TransferMetrics } from './transfers/transfer.metrics.js';

@Module({
  imports: [
    ServiceModule.forRoot({
      service: 'transaction-manager',
      settings: [TransactionManagerSettings],
      isTransient: isTransientDatabaseError,
    }),
    DatabaseModule.forService({ service: 'transaction-manager', schema: 'transaction_manager' }),
  ],
  controllers: [
    AcceptTransfersController,
    FollowTransfersController,
    ReadTransfersController,
    CopyAccountsController,
  ],
  providers: [
    AcceptTransfersService,
    FollowTransfersService,
    ReforwardTransfersService,
    ReadTransfersService,
    CopyAccountsService,
    TransferRegisterRepository,
    TransferViewRepository,
    DueTransferRepository,
    AccountCopyRepository,
    TransferMetrics,
  ],
})
export class AppModule {}
