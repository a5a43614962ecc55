import { Body, Get, Param, Query, Res } from '@nestjs/common';
import { DELIVERY_QUESTIONS, WEBHOOK_QUESTIONS, type DeliveryView, type Page } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { IdPipe } from '../../http/id.pipe.js';
import { Questions } from '../../http/questions.js';
import { CreateWebhookService } from '../../webhooks/create-webhook.service.js';
import { WebhookSecrets } from '../../webhooks/webhook-secrets.js';
import { Pages } from '../rendering/pages.service.js';
import { unlessAway } from '../rendering/unless-away.js';
import { FormDrafts } from '../visits/form-drafts.js';
import { formKeyOf, newFormKey } from '../visits/form-key.js';
import { FormFields } from '../visits/form-fields.js';
import { AllowVisit, FormPost, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { SignedInVisit } from '../visits/visit.js';
import { readWebhook, typedOf } from './webhook-form.js';
import { WebhookFormPage, type WebhookFormPageProps } from './webhook-form.page.js';
import { webhookFaultsOf } from './webhook-faults.js';
import { WebhookPage } from './webhook.page.js';
import { WebhookSecretPage } from './webhook-secret.page.js';

const DELIVERIES_SHOWN = 20;

@PageController('developer/webhooks')
export class WebhooksPageController {
  constructor(
    private readonly pages: Pages,
    private readonly questions: Questions,
    private readonly creating: CreateWebhookService,
    private readonly secrets: WebhookSecrets,
    private readonly drafts: FormDrafts,
  ) {}

  @Get('new')
  @AllowVisit('customer')
  async begin(
    @ThisVisit() visit: SignedInVisit,
    @Query('draft') draftId: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const draft = await this.drafts.read(visit.session.customerId, draftId);
    return this.pages.show(visit, reply, WebhookFormPage, { typed: draft ?? { key: newFormKey() } });
  }

  /** Answers with the page itself: the secret is at no address. Sent twice, it finds what the first one made. */
  @FormPost()
  @AllowVisit('customer')
  async create(
    @ThisVisit() visit: SignedInVisit,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const typed = new FormFields(body).kept();
    const read = readWebhook(typed, visit.words);
    if ('faults' in read) return this.showForm(visit, reply, { typed, faults: read.faults });
    try {
      const { customerId } = visit.session;
      const key = formKeyOf(typed['key'] ?? '');
      const created = await this.creating.create(read.fields, customerId, key);
      const webhook = this.secrets.reveal(created);
      return this.pages.show(visit, reply, WebhookSecretPage, { webhook });
    } catch (error) {
      return this.showForm(visit, reply, { typed, faults: webhookFaultsOf(error, visit) });
    }
  }

  @Get(':id')
  @AllowVisit('customer')
  async read(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) endpointId: string,
    @Query('cursor') cursor: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { customerId } = visit.session;
    const options = optionsOf(visit);
    const request = { customerId, endpointId, limit: DELIVERIES_SHOWN };
    const page = typeof cursor === 'string' ? { ...request, cursor } : request;
    const [webhook, deliveries] = await Promise.all([
      this.questions.ask(WEBHOOK_QUESTIONS.read, { endpointId, customerId }, options),
      unlessAway<Page<DeliveryView>>(this.questions.ask(DELIVERY_QUESTIONS.list, page, options)),
    ]);
    const isContinued = cursor !== undefined;
    return this.pages.show(visit, reply, WebhookPage, { webhook, deliveries, isContinued });
  }

  @Get(':id/edit')
  @AllowVisit('customer')
  async edit(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) endpointId: string,
    @Query('draft') draftId: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { customerId } = visit.session;
    const [webhook, draft] = await Promise.all([
      this.questions.ask(WEBHOOK_QUESTIONS.read, { endpointId, customerId }, optionsOf(visit)),
      this.drafts.read(customerId, draftId),
    ]);
    return this.pages.show(visit, reply, WebhookFormPage, { endpointId, typed: draft ?? typedOf(webhook) });
  }

  @FormPost(':id')
  @AllowVisit('customer')
  async change(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) endpointId: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const typed = new FormFields(body).kept();
    const read = readWebhook(typed, visit.words);
    if ('faults' in read) return this.showForm(visit, reply, { endpointId, typed, faults: read.faults });
    const id = { endpointId, customerId: visit.session.customerId };
    const { status, revision } = await this.questions.ask(WEBHOOK_QUESTIONS.read, id, optionsOf(visit));
    const change = {
      ...id,
      ...read.fields,
      revision: typed['revision'] ?? '',
      isActive: status === 'active',
    };
    try {
      await this.questions.ask(WEBHOOK_QUESTIONS.change, change, optionsOf(visit));
    } catch (error) {
      // What was typed is now based on what is there, so that saving it once more is meant.
      const faults = webhookFaultsOf(error, visit);
      return this.showForm(visit, reply, { endpointId, typed: { ...typed, revision }, faults });
    }
    return this.pages.goTo(reply, `/developer/webhooks/${endpointId}`, 'webhookChanged');
  }

  private showForm(visit: SignedInVisit, reply: FastifyReply, props: WebhookFormPageProps): string {
    return this.pages.show(visit, reply, WebhookFormPage, props, 422);
  }
}

function optionsOf({ session }: SignedInVisit) {
  return { key: session.customerId, about: 'webhook' };
}
