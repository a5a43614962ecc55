import { randomUUID } from 'node:crypto';
import { Body, Controller, Delete, Param, Post, Req } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { RATE_QUESTIONS, rateOverrideIdOf } from '@kopeck/contracts';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { IdPipe } from '../http/id.pipe.js';
import { idempotencyKeyOf } from '../http/idempotency-key.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { RateOverrideResource, SetRateOverrideBody } from './rate-feed.dto.js';

@ApiTags('Operator')
@Controller(`${API}/operator/rate-overrides`)
export class OverrideRateController {
  constructor(private readonly questions: Questions) {}

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
    @Body() { source, currency, rate, reason, expiresAt }: SetRateOverrideBody,
    @Req() { headers, session }: SignedInRequest,
  ): Promise<RateOverrideResource> {
    const operatorId = session.customerId;
    const key = idempotencyKeyOf(headers);
    const overrideId = key === undefined ? randomUUID() : rateOverrideIdOf(operatorId, key);
    const question = { overrideId, operatorId, source, currency, rate, reason, expiresAt };
    const options = { key: currency, about: 'rate override' };
    return RateOverrideResource.of(await this.questions.ask(RATE_QUESTIONS.setOverride, question, options));
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
    const question = { overrideId, operatorId: session.customerId };
    const options = { key: overrideId, about: 'rate override' };
    return RateOverrideResource.of(await this.questions.ask(RATE_QUESTIONS.endOverride, question, options));
  }
}
