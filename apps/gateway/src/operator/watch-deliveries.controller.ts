import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Deliveries } from '../deliveries/deliveries.service.js';
import {
  DeliveryPage,
  DeliveryResource,
  DeliveryWithHistoryResource,
  ListDeliveriesQuery,
} from '../deliveries/delivery.dto.js';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { IdPipe } from '../http/id.pipe.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';

@ApiTags('Operator')
@Controller(`${API}/operator/deliveries`)
export class WatchDeliveriesController {
  constructor(private readonly deliveries: Deliveries) {}

  @Get()
  @AllowAccess('operator')
  @ApiOperation({ operationId: 'listAllDeliveries', summary: "Everybody's deliveries, newest first" })
  @ApiOkResponse({ type: DeliveryPage, headers: { Link: { schema: { type: 'string' } } } })
  @Problems('session', 'page')
  list(
    @Query() { channel, status, limit, cursor }: ListDeliveriesQuery,
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeliveryPage> {
    const question = { channel, status, limit, cursor };
    return this.deliveries.list(question, request.session.customerId, request, reply);
  }

  @Get(':id')
  @AllowAccess('operator')
  @ApiOperation({ operationId: 'readAnyDelivery', summary: "Anybody's delivery, with its attempts" })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: DeliveryWithHistoryResource })
  @Problems('session', 'id')
  read(@Param('id', IdPipe) deliveryId: string): Promise<DeliveryWithHistoryResource> {
    return this.deliveries.read({ deliveryId });
  }

  @Post(':id/retry')
  @HttpCode(202)
  @AllowAccess('operator')
  @ApiOperation({ operationId: 'retryAnyDelivery', summary: "Send anybody's delivery again, now" })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiAcceptedResponse({ type: DeliveryResource })
  @Problems('session', 'id', 'state_conflict')
  retry(@Param('id', IdPipe) deliveryId: string): Promise<DeliveryResource> {
    return this.deliveries.retry({ deliveryId });
  }
}
