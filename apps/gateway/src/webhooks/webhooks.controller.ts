import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Req, Res } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { WEBHOOK_QUESTIONS } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { Problems } from '../documentation/problems.decorator.js';
import { addressOf, API } from '../http/address.js';
import { entityTagOf } from '../http/entity-tag.js';
import { IdPipe } from '../http/id.pipe.js';
import { idempotencyKeyOf } from '../http/idempotency-key.js';
import { IfMatchHeader } from '../http/if-match.decorator.js';
import { Questions, type AskOptions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { ChangeWebhookService } from './change-webhook.service.js';
import { CreateWebhookService } from './create-webhook.service.js';
import { WebhookSecrets } from './webhook-secrets.js';
import {
  ChangeWebhookBody,
  CreateWebhookBody,
  WebhookList,
  WebhookResource,
  WebhookWithSecretResource,
} from './webhook.dto.js';
import { webhookOf } from './webhook.js';

const ETAG = { ETag: { schema: { type: 'string' } } } as const;

@ApiTags('Webhooks')
@Controller(`${API}/webhook-endpoints`)
export class WebhooksController {
  constructor(
    private readonly questions: Questions,
    private readonly creating: CreateWebhookService,
    private readonly changing: ChangeWebhookService,
    private readonly secrets: WebhookSecrets,
  ) {}

  @Get()
  @AllowAccess('customer')
  @ApiOperation({ operationId: 'listWebhookEndpoints', summary: 'Your webhook endpoints, oldest first' })
  @ApiOkResponse({ type: WebhookList })
  @Problems('session')
  async list(@Req() { session: { customerId } }: SignedInRequest): Promise<WebhookList> {
    const views = await this.questions.ask(WEBHOOK_QUESTIONS.list, { customerId }, optionsOf(customerId));
    return { data: views.map(webhookOf) };
  }

  @Post()
  @AllowAccess('customer')
  @ApiOperation({
    operationId: 'createWebhookEndpoint',
    summary: 'Have notifications sent to a program of yours, signed (Standard Webhooks)',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'With the same key a repeat finds the endpoint already set up.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  })
  @ApiCreatedResponse({ type: WebhookWithSecretResource, headers: ETAG })
  @Problems('session', 'body', 'idempotency_key_invalid', 'idempotency_key_reused', 'state_conflict')
  async create(
    @Body() body: CreateWebhookBody,
    @Req() { headers, session }: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookWithSecretResource> {
    const view = await this.creating.create(body, session.customerId, idempotencyKeyOf(headers));
    const { endpointId, revision } = view.endpoint;
    reply.headers({ location: addressOf(`webhook-endpoints/${endpointId}`), etag: entityTagOf(revision) });
    return this.secrets.reveal(view);
  }

  @Get(':id')
  @AllowAccess('customer')
  @ApiOperation({ operationId: 'readWebhookEndpoint', summary: 'One webhook endpoint' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: WebhookResource, headers: ETAG })
  @Problems('session', 'id')
  async read(
    @Param('id', IdPipe) endpointId: string,
    @Req() { session: { customerId } }: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookResource> {
    const question = { endpointId, customerId };
    const view = await this.questions.ask(WEBHOOK_QUESTIONS.read, question, optionsOf(customerId));
    reply.header('etag', entityTagOf(view.revision));
    return webhookOf(view);
  }

  @Patch(':id')
  @AllowAccess('customer')
  @ApiOperation({
    operationId: 'changeWebhookEndpoint',
    summary: 'Change a webhook endpoint, or switch it off or on',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @IfMatchHeader('webhook endpoint')
  @ApiOkResponse({ type: WebhookResource, headers: ETAG })
  @Problems('session', 'body', 'id', 'version_required', 'stale_version')
  async change(
    @Param('id', IdPipe) endpointId: string,
    @Body() body: ChangeWebhookBody,
    @Req() { headers, session: { customerId } }: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookResource> {
    const view = await this.changing.change(endpointId, customerId, body, headers['if-match']);
    reply.header('etag', entityTagOf(view.revision));
    return webhookOf(view);
  }

  @Delete(':id')
  @HttpCode(204)
  @AllowAccess('customer')
  @ApiOperation({ operationId: 'deleteWebhookEndpoint', summary: 'Forget a webhook endpoint' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Nothing is sent there any more.' })
  @Problems('session', 'id')
  async delete(
    @Param('id', IdPipe) endpointId: string,
    @Req() { session: { customerId } }: SignedInRequest,
  ): Promise<void> {
    const question = { endpointId, customerId };
    await this.questions.ask(WEBHOOK_QUESTIONS.delete, question, optionsOf(customerId));
  }

  @Post(':id/secret-rotation')
  @HttpCode(200)
  @AllowAccess('customer')
  @ApiOperation({
    operationId: 'rotateWebhookSecret',
    summary: 'Get a new secret; the old one signs along for a day',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: WebhookWithSecretResource, headers: ETAG })
  @Problems('session', 'id')
  async rotateSecret(
    @Param('id', IdPipe) endpointId: string,
    @Req() { session: { customerId } }: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<WebhookWithSecretResource> {
    const question = { endpointId, customerId };
    const view = await this.questions.ask(WEBHOOK_QUESTIONS.rotateSecret, question, optionsOf(customerId));
    reply.header('etag', entityTagOf(view.endpoint.revision));
    return this.secrets.reveal(view);
  }
}

function optionsOf(customerId: string): AskOptions {
  return { key: customerId, about: 'webhook endpoint' };
}
