import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { RateFeeds } from './rate-feeds.service.js';
import { RateFeedList, RateFeedResource } from './rate-feed.dto.js';

@ApiTags('Operator')
@Controller(`${API}/operator/rate-feeds`)
export class ListRateFeedsController {
  constructor(private readonly feeds: RateFeeds) {}

  @Get()
  @AllowAccess('operator')
  @ApiOperation({
    operationId: 'listRateFeeds',
    summary: 'Where rates come from, how that goes, and what was set by hand',
  })
  @ApiOkResponse({ type: RateFeedList })
  @Problems('session')
  async list(@Req() { session }: SignedInRequest): Promise<RateFeedList> {
    const feeds = await this.feeds.list(session.customerId);
    return { data: feeds.map(RateFeedResource.of) };
  }
}
