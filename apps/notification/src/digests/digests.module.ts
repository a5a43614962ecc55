import { Module } from '@nestjs/common';
import { IntakeModule } from '../intake/intake.module.js';
import { DigestRepository } from './digest.repository.js';
import { FollowRatesController } from './follow-rates.controller.js';
import { FollowRatesService } from './follow-rates.service.js';
import { FollowerRepository } from './follower.repository.js';
import { SendDigestsService } from './send-digests.service.js';

/** Changed rates, one by one or together. */
@Module({
  imports: [IntakeModule],
  controllers: [FollowRatesController],
  providers: [FollowerRepository, DigestRepository, FollowRatesService, SendDigestsService],
})
export class DigestsModule {}
