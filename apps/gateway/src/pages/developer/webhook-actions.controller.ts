import { Body, Get, Param, Res } from '@nestjs/common';
import { WEBHOOK_QUESTIONS, type WebhookEndpointView } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { IdPipe } from '../../http/id.pipe.js';
import { Problem } from '../../http/problem.js';
import { Questions } from '../../http/questions.js';
import { WebhookSecrets } from '../../webhooks/webhook-secrets.js';
import { Pages } from '../rendering/pages.service.js';
import { FormFields } from '../visits/form-fields.js';
import { AllowVisit, FormPost, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { SignedInVisit } from '../visits/visit.js';
import { ConfirmPage } from './confirm.page.js';
import { WebhookSecretPage } from './webhook-secret.page.js';

/** What is done to a webhook besides editing it. */
@PageController('developer/webhooks/:id')
export class WebhookActionsPageController {
  constructor(
    private readonly pages: Pages,
    private readonly questions: Questions,
    private readonly secrets: WebhookSecrets,
  ) {}

  @FormPost('status')
  @AllowVisit('customer')
  async switch(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) endpointId: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const fields = new FormFields(body);
    const isActive = fields.text('status') === 'active';
    const webhook = await this.read(visit, endpointId);
    const { url, description, types } = webhook;
    const change = {
      ...idOf(visit, endpointId),
      url,
      description: description ?? undefined,
      types: [...types],
      revision: fields.text('revision'),
      isActive,
    };
    await this.questions.ask(WEBHOOK_QUESTIONS.change, change, optionsOf(visit));
    this.pages.goTo(reply, pageOf(endpointId), isActive ? 'webhookEnabled' : 'webhookDisabled');
  }

  @FormPost('test')
  @AllowVisit('customer')
  async test(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) endpointId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const request = idOf(visit, endpointId);
    const { deliveryId } = await this.questions.ask(WEBHOOK_QUESTIONS.test, request, optionsOf(visit));
    this.pages.goTo(reply, `/notifications/deliveries/${deliveryId}`, 'testSent');
  }

  @Get('rotate')
  @AllowVisit('customer')
  async askToRotate(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) endpointId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { url, revision } = await this.read(visit, endpointId);
    const { title, text, yes, no } = visit.words.developer.rotation;
    const page = pageOf(endpointId);
    const props = {
      title,
      text,
      yes,
      no,
      subject: url,
      action: `${page}/rotate`,
      hidden: { revision },
      page,
    };
    return this.pages.show(visit, reply, ConfirmPage, props);
  }

  /** Sent twice, the second one finds another revision and does nothing: it would end the old secret before its day. */
  @FormPost('rotate')
  @AllowVisit('customer')
  async rotate(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) endpointId: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { revision } = await this.read(visit, endpointId);
    if (revision !== new FormFields(body).text('revision'))
      throw new Problem('stale_version', 'The webhook was changed in the meantime. Look at it again.');
    const request = idOf(visit, endpointId);
    const rotated = await this.questions.ask(WEBHOOK_QUESTIONS.rotateSecret, request, optionsOf(visit));
    const webhook = this.secrets.reveal(rotated);
    return this.pages.show(visit, reply, WebhookSecretPage, { webhook });
  }

  @Get('delete')
  @AllowVisit('customer')
  async askToDelete(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) endpointId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { url } = await this.read(visit, endpointId);
    const { title, text, yes, no } = visit.words.developer.deletion;
    const page = pageOf(endpointId);
    const props = { title, text, yes, no, subject: url, action: `${page}/delete`, page };
    return this.pages.show(visit, reply, ConfirmPage, props);
  }

  @FormPost('delete')
  @AllowVisit('customer')
  async delete(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) endpointId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.questions.ask(WEBHOOK_QUESTIONS.delete, idOf(visit, endpointId), optionsOf(visit));
    this.pages.goTo(reply, '/developer', 'webhookDeleted');
  }

  private read(visit: SignedInVisit, endpointId: string): Promise<WebhookEndpointView> {
    return this.questions.ask(WEBHOOK_QUESTIONS.read, idOf(visit, endpointId), optionsOf(visit));
  }
}

function idOf({ session: { customerId } }: SignedInVisit, endpointId: string) {
  return { endpointId, customerId };
}

function pageOf(endpointId: string): string {
  return `/developer/webhooks/${endpointId}`;
}

function optionsOf({ session }: SignedInVisit) {
  return { key: session.customerId, about: 'webhook' };
}
