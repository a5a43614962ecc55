import { randomUUID } from 'node:crypto';
import {
  MAX_WEBHOOK_ENDPOINTS,
  refusal,
  type ChangeWebhook,
  type CreateWebhook,
  type ReadWebhook,
  type Refusal,
  type WebhookEndpointView,
  type WebhookSecretView,
} from '@kopeck/contracts';
import type { Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import { ChannelChanges, type ChannelChange } from '../channels/channel-changes.service.js';
import { SendTestsService } from '../deliveries/send-tests.service.js';
import {
  WebhookEndpointRepository,
  type EndpointFields,
  type WebhookEndpoint,
} from './webhook-endpoint.repository.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import { faultOfWebhookUrl } from './webhook-url.js';
import { WebhookSettings } from './webhook.settings.js';

/** The old secret signs along for a day: time enough to bring the new one to every server. */
const KEEP_PREVIOUS_SECRET_HOURS = 24;

/** Webhooks as customers set them up. */
@Injectable()
export class WebhooksService {
  constructor(
    private readonly endpoints: WebhookEndpointRepository,
    private readonly secrets: WebhookSecrets,
    private readonly changes: ChannelChanges,
    private readonly tests: SendTestsService,
    private readonly settings: WebhookSettings,
  ) {}

  async list(customerId: string): Promise<WebhookEndpointView[]> {
    return (await this.endpoints.list(customerId)).map(({ view }) => view);
  }

  /** A repeat finds what is there, with its secret. */
  async create(request: CreateWebhook): Promise<WebhookSecretView | Refusal> {
    const fault = this.faultOf(request.url);
    if (fault) return fault;
    const { endpointId, customerId } = request;
    return this.endpoints.transaction(async (tx) => {
      const count = await this.endpoints.countLocked(tx, customerId);
      const known = await this.endpoints.lock(tx, endpointId);
      if (known) return repeatOf(known, request);
      if (count >= MAX_WEBHOOK_ENDPOINTS) return TOO_MANY;
      const sealedSecret = this.secrets.create(endpointId);
      const created = await this.endpoints.insert(
        tx,
        { endpointId, customerId, sealedSecret },
        fieldsOf(request),
      );
      await this.tell(created, 'created');
      return secretViewOf(created);
    });
  }

  async read({ endpointId, customerId }: ReadWebhook): Promise<WebhookEndpointView | Refusal> {
    const endpoint = (await this.endpoints.find([endpointId])).get(endpointId);
    return isOf(endpoint, customerId) ? endpoint.view : NOT_FOUND;
  }

  async change(request: ChangeWebhook): Promise<WebhookEndpointView | Refusal> {
    const fault = this.faultOf(request.url);
    if (fault) return fault;
    return this.withOwn(request, async (tx, { view }) => {
      if (view.revision !== request.revision) return STALE;
      const { disabledReason } = view;
      const reason = request.isActive ? null : (disabledReason ?? 'owner');
      const changed = await this.endpoints.change(tx, view.endpointId, fieldsOf(request), reason);
      await this.tell(changed, 'changed');
      return changed.view;
    });
  }

  delete(request: ReadWebhook): Promise<{ deleted: true } | Refusal> {
    return this.withOwn(request, async (tx, endpoint) => {
      await this.endpoints.delete(tx, endpoint.view.endpointId);
      await this.tell(endpoint, 'removed');
      return { deleted: true };
    });
  }

  rotateSecret(request: ReadWebhook): Promise<WebhookSecretView | Refusal> {
    return this.withOwn(request, async (tx, { view: { endpointId } }) => {
      const sealed = this.secrets.create(endpointId);
      const rotated = await this.endpoints.rotate(tx, endpointId, sealed, KEEP_PREVIOUS_SECRET_HOURS);
      await this.tell(rotated, 'secret_rotated');
      return secretViewOf(rotated);
    });
  }

  async test({ endpointId, customerId }: ReadWebhook): Promise<{ deliveryId: string } | Refusal> {
    const endpoint = (await this.endpoints.find([endpointId])).get(endpointId);
    if (!isOf(endpoint, customerId)) return NOT_FOUND;
    if (endpoint.view.status === 'disabled') return DISABLED;
    return this.tests.send({ deliveryId: randomUUID(), customerId, channel: 'webhook', endpointId });
  }

  private async withOwn<Answer>(
    { endpointId, customerId }: ReadWebhook,
    work: (tx: Transaction, endpoint: WebhookEndpoint) => Promise<Answer | Refusal>,
  ): Promise<Answer | Refusal> {
    return this.endpoints.transaction(async (tx) => {
      const endpoint = await this.endpoints.lock(tx, endpointId);
      return isOf(endpoint, customerId) ? work(tx, endpoint) : NOT_FOUND;
    });
  }

  private async tell({ customerId, view }: WebhookEndpoint, action: ChannelChange['action']): Promise<void> {
    const name = `${view.endpointId} ${view.revision}`;
    await this.changes.tell({ customerId, channel: 'webhook', action, name });
  }

  private faultOf(url: string): Refusal | undefined {
    const fault = faultOfWebhookUrl(url, this.settings.isStrict);
    return fault === undefined
      ? undefined
      : refusal('validation_failed', `${fault[0]!.toUpperCase()}${fault.slice(1)}.`, { pointer: '/url' });
  }
}

const NOT_FOUND = refusal('not_found', 'There is no such webhook of yours.');
const STALE = refusal(
  'stale_version',
  'The webhook was changed in the meantime. Read it again, then change it.',
);
const DISABLED = refusal('state_conflict', 'The webhook is disabled. Switch it on first.');
const TOO_MANY = refusal(
  'state_conflict',
  `You have ${MAX_WEBHOOK_ENDPOINTS} webhooks, as many as there may be. Delete one first.`,
);
const REUSED = refusal('idempotency_key_reused', 'There is another webhook under this id. Choose a new key.');

function isOf(endpoint: WebhookEndpoint | undefined, customerId: string): endpoint is WebhookEndpoint {
  return endpoint !== undefined && endpoint.customerId === customerId && !endpoint.isDeleted;
}

/** One that was changed since isn't compared: the repeat may be an old one that comes late. */
function repeatOf(known: WebhookEndpoint, request: CreateWebhook): WebhookSecretView | Refusal {
  if (!isOf(known, request.customerId)) return REUSED;
  const { url, description, types, revision } = known.view;
  const same = JSON.stringify([url, description, [...types].sort()]) === JSON.stringify(comparable(request));
  return same || revision !== '1' ? secretViewOf(known) : REUSED;
}

function comparable(request: CreateWebhook): unknown[] {
  const { url, description, types } = fieldsOf(request);
  return [url, description, [...types].sort()];
}

function fieldsOf({ url, description, types }: CreateWebhook): EndpointFields {
  return { url: new URL(url).href, description: description ?? null, types };
}

/** At rest and on the way it's sealed in the same way, under the same key and for the same context. */
function secretViewOf({ view, sealedSecret }: WebhookEndpoint): WebhookSecretView {
  return { endpoint: view, sealedSecret };
}
