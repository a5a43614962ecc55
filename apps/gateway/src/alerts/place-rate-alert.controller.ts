import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { idempotencyKeyOf } from '../http/idempotency-key.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { PlaceRateAlertService } from './place-rate-alert.service.js';
import { PlaceRateAlertBody, RateAlertResource } from './rate-alert.dto.js';

@ApiTags('Rates')
@Controller(`${API}/rate-alerts`)
export class PlaceRateAlertController {
  constructor(private readonly service: PlaceRateAlertService) {}

  @Post()
  @AllowAccess('customer')
  @ApiOperation({ operationId: 'placeRateAlert', summary: 'Be told when a rate is reached, or moves' })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'With the same key a repeat finds the alert already placed.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  })
  @ApiCreatedResponse({ type: RateAlertResource })
  @Problems(
    'session',
    'body',
    'idempotency_key_invalid',
    'idempotency_key_reused',
    'state_conflict',
    'rate_unknown',
    'rates_unavailable',
  )
  place(
    @Body() body: PlaceRateAlertBody,
    @Req() { headers, session }: SignedInRequest,
  ): Promise<RateAlertResource> {
    return this.service.place(body, session.customerId, idempotencyKeyOf(headers));
  }
}
