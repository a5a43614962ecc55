import { Get, Req, Res } from '@nestjs/common';
import { WEBHOOK_QUESTIONS, type WebhookEndpointView } from '@kopeck/contracts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Questions } from '../../http/questions.js';
import { Pages } from '../rendering/pages.service.js';
import { unlessAway } from '../rendering/unless-away.js';
import { AllowVisit, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { SignedInVisit } from '../visits/visit.js';
import { DeveloperPage } from './developer.page.js';

@PageController('developer')
export class DeveloperPageController {
  constructor(
    private readonly pages: Pages,
    private readonly questions: Questions,
  ) {}

  @Get()
  @AllowVisit('customer')
  async show(
    @ThisVisit() visit: SignedInVisit,
    @Req() { protocol, host }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { customerId } = visit.session;
    const options = { key: customerId, about: 'webhook' };
    const asked = this.questions.ask(WEBHOOK_QUESTIONS.list, { customerId }, options);
    const webhooks = await unlessAway<readonly WebhookEndpointView[]>(asked);
    return this.pages.show(visit, reply, DeveloperPage, { webhooks, origin: `${protocol}://${host}` });
  }
}
