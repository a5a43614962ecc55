import { Body, Res } from '@nestjs/common';
import { CONTACT_QUESTIONS, OUTSIDE_CHANNELS, type OutsideChannel } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { notFound } from '../../http/problem.js';
import { Questions } from '../../http/questions.js';
import { Pages } from '../rendering/pages.service.js';
import { FormFields } from '../visits/form-fields.js';
import { AllowVisit, FormPost, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { SignedInVisit } from '../visits/visit.js';

/** "Does it work?": a test over one channel, and what becomes of it. */
@PageController('preferences/test')
export class SendTestPageController {
  constructor(
    private readonly pages: Pages,
    private readonly questions: Questions,
  ) {}

  @FormPost()
  @AllowVisit('signed-in')
  async send(
    @ThisVisit() visit: SignedInVisit,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const channel = OUTSIDE_CHANNELS.find((name) => name === new FormFields(body).text('channel'));
    if (channel === undefined) throw notFound('channel');
    const deliveryId = await this.ask(visit, channel);
    this.pages.goTo(reply, `/notifications/deliveries/${deliveryId}`, 'testSent');
  }

  private async ask({ session: { customerId } }: SignedInVisit, channel: OutsideChannel): Promise<string> {
    const options = { key: customerId, about: 'channel' };
    const request = { customerId, channel };
    return (await this.questions.ask(CONTACT_QUESTIONS.sendTest, request, options)).deliveryId;
  }
}
