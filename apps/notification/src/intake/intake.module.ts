import { Module } from '@nestjs/common';
import { AccountRepository } from './account.repository.js';
import { AudienceRepository } from './audience.repository.js';
import { FollowAccountsController } from './follow-accounts.controller.js';
import { FollowAccountsService } from './follow-accounts.service.js';
import { FollowSecurityController } from './follow-security.controller.js';
import { FollowTransfersController } from './follow-transfers.controller.js';
import { IntakeMetrics } from './intake.metrics.js';
import { NotificationRepository } from './notification.repository.js';
import { TakeRequestsController } from './take-requests.controller.js';
import { TellPeopleService } from './tell-people.service.js';

/** From what happened to stored notifications. */
@Module({
  controllers: [
    FollowTransfersController,
    FollowAccountsController,
    FollowSecurityController,
    TakeRequestsController,
  ],
  providers: [
    AudienceRepository,
    NotificationRepository,
    AccountRepository,
    IntakeMetrics,
    TellPeopleService,
    FollowAccountsService,
  ],
  exports: [TellPeopleService],
})
export class IntakeModule {}
