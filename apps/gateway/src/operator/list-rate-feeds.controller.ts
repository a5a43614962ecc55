import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RATE_QUESTIONS } from '@kopeck/contracts';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { RateFeedList, RateFeedResource } from './rate-feed.dto.js';

@ApiTags('Operator')
@Controller(`${API}/operator/rate-feeds`)
export class ListRateFeedsController {
  constructor(private readonly questions: Questions) {}

  @Get()
  @AllowAccess('operator')
  @ApiOperation({
    operationId: 'listRateFeeds',
    summary: 'Where rates come from, how that goes, and what was set by hand',
  })
  @ApiOkResponse({ type: RateFeedList })
  @Problems('session')
  async list(@Req() { session }: SignedInRequest): Promise<RateFeedList> {
    const operatorId = session.customerId;
    const options = { key: operatorId, about: 'feed' };
    const feeds = await this.questions.ask(RATE_QUESTIONS.feeds, { operatorId }, options);
    return { data: feeds.map(RateFeedResource.of) };
  }
}
