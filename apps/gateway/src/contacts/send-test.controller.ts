import { Body, Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CONTACT_QUESTIONS } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { addressOfDelivery } from '../deliveries/delivery.js';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { SendTestBody, TestSentResource } from './contact.dto.js';

@ApiTags('Notifications')
@Controller(`${API}/notification-tests`)
export class SendTestController {
  constructor(private readonly questions: Questions) {}

  @Post()
  @HttpCode(202)
  @AllowAccess('signed-in')
  @ApiOperation({ operationId: 'sendNotificationTest', summary: 'Send yourself a test over one channel' })
  @ApiAcceptedResponse({ type: TestSentResource, headers: { Location: { schema: { type: 'string' } } } })
  @Problems('session', 'body', 'state_conflict')
  async send(
    @Body() { channel }: SendTestBody,
    @Req() { session: { customerId } }: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TestSentResource> {
    const options = { key: customerId, about: 'contact' };
    const sent = await this.questions.ask(CONTACT_QUESTIONS.sendTest, { customerId, channel }, options);
    reply.header('location', addressOfDelivery(sent.deliveryId));
    return { deliveryId: sent.deliveryId };
  }
}
