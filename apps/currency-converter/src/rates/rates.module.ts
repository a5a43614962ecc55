import { Module } from '@nestjs/common';
import { ChangeRatesService } from './change-rates.service.js';
import { CurrentRates } from './current-rates.service.js';
import { CurrentRatesStore } from './current-rates.store.js';
import { FeedRepository } from './feed.repository.js';
import { OverrideRepository } from './override.repository.js';
import { OverrideRatesService } from './override-rates.service.js';
import { PollFeedsService } from './poll-feeds.service.js';
import { PublishChangesService } from './publish-changes.service.js';
import { RateChangeRepository } from './rate-change.repository.js';
import { RateRepository } from './rate.repository.js';
import { ReadRatesController } from './read-rates.controller.js';
import { ReadRatesService } from './read-rates.service.js';
import { TakeBulletinsService } from './take-bulletins.service.js';
import { WatchFeedsController } from './watch-feeds.controller.js';
import { WatchFeedsService } from './watch-feeds.service.js';

@Module({
  controllers: [ReadRatesController, WatchFeedsController],
  providers: [
    CurrentRates,
    CurrentRatesStore,
    RateRepository,
    FeedRepository,
    OverrideRepository,
    RateChangeRepository,
    ChangeRatesService,
    PublishChangesService,
    TakeBulletinsService,
    PollFeedsService,
    OverrideRatesService,
    WatchFeedsService,
    ReadRatesService,
  ],
  exports: [CurrentRates],
})
export class RatesModule {}
