import { Body, Controller, Post, Req } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { requiredIdempotencyKeyOf } from '../http/idempotency-key.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { OrderResource, PlaceOrderBody } from './order.dto.js';
import { PlaceOrderService } from './place-order.service.js';

@ApiTags('Conversions')
@Controller(`${API}/orders`)
export class PlaceOrderController {
  constructor(private readonly service: PlaceOrderService) {}

  @Post()
  @AllowAccess('customer')
  @ApiOperation({
    operationId: 'placeOrder',
    summary: 'Convert when the rate is reached',
    description:
      'Reserves nothing: when the rate is reached the money has to be there. It is executed once, at the rate then, which is the target or better.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: true,
    description: 'One key, one order: a repeat finds the order already placed.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  })
  @ApiCreatedResponse({ type: OrderResource })
  @Problems(
    'session',
    'body',
    'idempotency_key_missing',
    'idempotency_key_invalid',
    'idempotency_key_reused',
    'currency_mismatch',
    'limit_exceeded',
    'state_conflict',
    'rate_unknown',
    'rates_unavailable',
    'amount_too_small',
  )
  place(@Body() body: PlaceOrderBody, @Req() { headers, session }: SignedInRequest): Promise<OrderResource> {
    return this.service.place(body, session.customerId, requiredIdempotencyKeyOf(headers));
  }
}
