import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Deliveries } from '../deliveries/deliveries.service.js';
import { DeliveryPage, DeliveryResource } from '../deliveries/delivery.dto.js';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { IdPipe } from '../http/id.pipe.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { ListWebhookDeliveriesQuery } from './webhook.dto.js';

/** The same deliveries as everywhere, under the names that integrators look for. */
@ApiTags('Webhooks')
@Controller(`${API}/webhook-deliveries`)
export class WebhookDeliveriesController {
  constructor(private readonly deliveries: Deliveries) {}

  @Get()
  @AllowAccess('customer')
  @ApiOperation({
    operationId: 'listWebhookDeliveries',
    summary: 'What was sent to your webhook endpoints, newest first',
  })
  @ApiOkResponse({ type: DeliveryPage, headers: { Link: { schema: { type: 'string' } } } })
  @Problems('session', 'page', 'id')
  list(
    @Query() { endpointId, status, limit, cursor }: ListWebhookDeliveriesQuery,
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeliveryPage> {
    const { customerId } = request.session;
    const question = { customerId, channel: 'webhook' as const, endpointId, status, limit, cursor };
    return this.deliveries.list(question, customerId, request, reply);
  }

  @Post(':id/retry')
  @HttpCode(202)
  @AllowAccess('customer')
  @ApiOperation({ operationId: 'retryWebhookDelivery', summary: 'Send it again, now, under the same id' })
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
