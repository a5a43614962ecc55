import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { IdPipe } from '../http/id.pipe.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { Deliveries } from './deliveries.service.js';
import {
  DeliveryPage,
  DeliveryResource,
  DeliveryWithHistoryResource,
  ListDeliveriesQuery,
} from './delivery.dto.js';

/** What became of notifications on their way out of the bank, for whom they are. */
@ApiTags('Notifications')
@Controller(`${API}/notifications/deliveries`)
export class DeliveriesController {
  constructor(private readonly deliveries: Deliveries) {}

  @Get()
  @AllowAccess('signed-in')
  @ApiOperation({
    operationId: 'listDeliveries',
    summary: 'What was sent to you outside the inbox, newest first',
  })
  @ApiOkResponse({ type: DeliveryPage, headers: { Link: { schema: { type: 'string' } } } })
  @Problems('session', 'page')
  list(
    @Query() { channel, status, limit, cursor }: ListDeliveriesQuery,
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeliveryPage> {
    const { customerId } = request.session;
    const question = { customerId, channel, status, limit, cursor };
    return this.deliveries.list(question, customerId, request, reply);
  }

  @Get(':id')
  @AllowAccess('signed-in')
  @ApiOperation({ operationId: 'readDelivery', summary: 'One delivery, with its attempts' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: DeliveryWithHistoryResource })
  @Problems('session', 'id')
  read(
    @Param('id', IdPipe) deliveryId: string,
    @Req() { session: { customerId } }: SignedInRequest,
  ): Promise<DeliveryWithHistoryResource> {
    return this.deliveries.read({ deliveryId, customerId });
  }

  @Post(':id/retry')
  @HttpCode(202)
  @AllowAccess('signed-in')
  @ApiOperation({ operationId: 'retryDelivery', summary: 'Send it again, now, under the same id' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiAcceptedResponse({ type: DeliveryResource })
  @Problems('session', 'id', 'state_conflict')
  retry(
    @Param('id', IdPipe) deliveryId: string,
    @Req() { session: { customerId } }: SignedInRequest,
  ): Promise<DeliveryResource> {
    return this.deliveries.retry({ deliveryId, customerId });
  }
}
