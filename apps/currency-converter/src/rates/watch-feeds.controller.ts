import {
  DecideHeldBulletin,
  EndRateOverride,
  ListFeeds,
  RATE_QUESTIONS,
  SetRateOverride,
  type FeedView,
  type RateOverrideView,
  type Refusal,
} from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { OverrideRatesService } from './override-rates.service.js';
import { WatchFeedsService } from './watch-feeds.service.js';

/** For operators. */
@Controller()
export class WatchFeedsController {
  constructor(
    private readonly feeds: WatchFeedsService,
    private readonly overrides: OverrideRatesService,
  ) {}

  @MessagePattern(RATE_QUESTIONS.feeds.pattern, Transport.KAFKA, answers(ListFeeds))
  list(): Promise<FeedView[]> {
    return this.feeds.list();
  }

  @MessagePattern(RATE_QUESTIONS.decideHeld.pattern, Transport.KAFKA, answers(DecideHeldBulletin))
  decide(@Payload() request: DecideHeldBulletin): Promise<FeedView | Refusal> {
    return this.feeds.decide(request);
  }

  @MessagePattern(RATE_QUESTIONS.setOverride.pattern, Transport.KAFKA, answers(SetRateOverride))
  set(@Payload() request: SetRateOverride): Promise<RateOverrideView | Refusal> {
    return this.overrides.set(request);
  }

  @MessagePattern(RATE_QUESTIONS.endOverride.pattern, Transport.KAFKA, answers(EndRateOverride))
  end(@Payload() request: EndRateOverride): Promise<RateOverrideView | Refusal> {
    return this.overrides.end(request);
  }
}
