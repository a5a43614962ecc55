import { Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { WEBHOOK_QUESTIONS } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { TestSentResource } from '../contacts/contact.dto.js';
import { addressOfDelivery } from '../deliveries/delivery.js';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { IdPipe } from '../http/id.pipe.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';

@ApiTags('Webhooks')
@Controller(`${API}/webhook-endpoints`)
export class TestWebhookController {
  constructor(private readonly questions: Questions) {}

  @Post(':id/test')
  @HttpCode(202)
  @AllowAccess('customer')
  @ApiOperation({ operationId: 'testWebhookEndpoint', summary: 'Send a test event to a webhook endpoint' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiAcceptedResponse({ type: TestSentResource, headers: { Location: { schema: { type: 'string' } } } })
  @Problems('session', 'id', 'state_conflict')
  async test(
    @Param('id', IdPipe) endpointId: string,
    @Req() { session: { customerId } }: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TestSentResource> {
    const options = { key: customerId, about: 'webhook endpoint' };
    const sent = await this.questions.ask(WEBHOOK_QUESTIONS.test, { endpointId, customerId }, options);
    reply.header('location', addressOfDelivery(sent.deliveryId));
    return { deliveryId: sent.deliveryId };
  }
}
