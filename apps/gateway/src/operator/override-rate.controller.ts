import { Body, Controller, Delete, Param, Post, Req } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { IdPipe } from '../http/id.pipe.js';
import { idempotencyKeyOf } from '../http/idempotency-key.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { RateFeeds } from './rate-feeds.service.js';
import { RateOverrideResource, SetRateOverrideBody } from './rate-feed.dto.js';

@ApiTags('Operator')
@Controller(`${API}/operator/rate-overrides`)
export class OverrideRateController {
  constructor(private readonly feeds: RateFeeds) {}

  @Post()
  @AllowAccess('operator')
  @ApiOperation({
    operationId: 'setRateOverride',
    summary: "Set a currency's rate by hand, for a while",
    description: 'Replaces an earlier one of the same source and currency. Every price made of it says so.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'With the same key a repeat changes nothing.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  })
  @ApiCreatedResponse({ type: RateOverrideResource })
  @Problems('session', 'body', 'idempotency_key_invalid', 'idempotency_key_reused', 'state_conflict')
  async set(
    @Body() body: SetRateOverrideBody,
    @Req() { headers, session }: SignedInRequest,
  ): Promise<RateOverrideResource> {
    const key = idempotencyKeyOf(headers);
    return RateOverrideResource.of(await this.feeds.setOverride(session.customerId, key, body));
  }

  @Delete(':id')
  @AllowAccess('operator')
  @ApiOperation({ operationId: 'endRateOverride', summary: "Go back to the source's own rate" })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: RateOverrideResource })
  @Problems('session', 'id', 'state_conflict')
  async end(
    @Param('id', IdPipe) overrideId: string,
    @Req() { session }: SignedInRequest,
  ): Promise<RateOverrideResource> {
    return RateOverrideResource.of(await this.feeds.endOverride(overrideId, session.customerId));
  }
}
