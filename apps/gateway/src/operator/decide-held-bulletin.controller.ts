import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { IdPipe } from '../http/id.pipe.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { RateFeeds } from './rate-feeds.service.js';
import { DecideHeldBulletinBody, RateFeedResource } from './rate-feed.dto.js';

@ApiTags('Operator')
@Controller(`${API}/operator/rate-feeds/held`)
export class DecideHeldBulletinController {
  constructor(private readonly feeds: RateFeeds) {}

  @Post(':id/decision')
  @HttpCode(200)
  @AllowAccess('operator')
  @ApiOperation({
    operationId: 'decideHeldBulletin',
    summary: 'Say whether rates that jumped are to be believed',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: RateFeedResource })
  @Problems('session', 'body', 'id', 'state_conflict')
  async decide(
    @Param('id', IdPipe) bulletinId: string,
    @Body() { accept, reason }: DecideHeldBulletinBody,
    @Req() { session }: SignedInRequest,
  ): Promise<RateFeedResource> {
    const decision = { bulletinId, operatorId: session.customerId, isAccepted: accept, reason };
    return RateFeedResource.of(await this.feeds.decideHeld(decision));
  }
}
