import { Inject, Injectable, Optional } from '@nestjs/common';
import {
  delivered,
  failed,
  type Channel,
  type DueDelivery,
  type Outcome,
  type Readiness,
} from '../channels/channel.js';
import { connectionFaultOf, retryAfterMsOf } from '../channels/http-exchange.js';
import { ReaderRepository } from '../channels/reader.repository.js';
import { DeliverySettings } from '../deliveries/delivery.settings.js';
import { WEBHOOK_SCHEDULE } from '../deliveries/retry-schedule.js';
import { wordsOf, type Reader } from '../templates/words.js';
import { ForbiddenTarget, guardedPost, type Answered, type Guard } from './guarded-post.js';
import { WEBHOOK_GUARD, webhookGuardOf } from './webhook-guard.js';
import { DisableWebhooksService } from './disable-webhooks.service.js';
import { WebhookEndpointRepository, type WebhookEndpoint } from './webhook-endpoint.repository.js';
import { MAX_WEBHOOK_BYTES, webhookBodyOf, webhookHeadersOf } from './webhook-message.js';
import { WebhookSecrets } from './webhook-secrets.service.js';
import { WebhookSettings } from './webhook.settings.js';

/** A signed POST to a customer's own server, as Standard Webhooks describes it. */
@Injectable()
export class WebhookChannel implements Channel {
  readonly name = 'webhook';
  readonly missing = null;
  readonly atOnce: number;
  readonly atOncePerLane: number;
  readonly schedule = WEBHOOK_SCHEDULE;
  private readonly guard: Guard;

  constructor(
    private readonly endpoints: WebhookEndpointRepository,
    private readonly readers: ReaderRepository,
    private readonly secrets: WebhookSecrets,
    private readonly disabling: DisableWebhooksService,
    settings: WebhookSettings,
    { WEBHOOKS_AT_ONCE, WEBHOOKS_AT_ONCE_PER_HOST }: DeliverySettings,
    @Optional() @Inject(WEBHOOK_GUARD) guard?: Guard,
  ) {
    this.atOnce = WEBHOOKS_AT_ONCE;
    this.atOncePerLane = WEBHOOKS_AT_ONCE_PER_HOST;
    this.guard = guard ?? webhookGuardOf(settings.isStrict);
  }

  async prepare(deliveries: readonly DueDelivery[]): Promise<ReadonlyMap<string, Readiness>> {
    const endpoints = await this.endpoints.find(deliveries.map(({ endpointId }) => endpointId!));
    const readers = await this.readers.find(deliveries.map(({ customerId }) => customerId));
    return new Map(
      deliveries.map((delivery): [string, Readiness] => {
        const { deliveryId, endpointId, customerId } = delivery;
        const endpoint = endpoints.get(endpointId!);
        const reason = goneReasonOf(endpoint);
        if (!endpoint || reason !== undefined) return [deliveryId, { kind: 'gone', reason: reason! }];
        const reader = readers.get(customerId)!;
        const send = (signal: AbortSignal) => this.send(delivery, endpoint, reader, signal);
        const lane = new URL(endpoint.view.url).host;
        return [deliveryId, { kind: 'ready', target: endpointId!, lane, send }];
      }),
    );
  }

  async gaveUp({ endpointId }: DueDelivery): Promise<void> {
    await this.disabling.disableFailing(endpointId!);
  }

  private async send(
    delivery: DueDelivery,
    endpoint: WebhookEndpoint,
    reader: Reader,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { endpointId, url } = endpoint.view;
    const body = webhookBodyOf(delivery, wordsOf(delivery.type, delivery.data, reader));
    if (Buffer.byteLength(body) > MAX_WEBHOOK_BYTES) {
      return failed(`the message is larger than ${MAX_WEBHOOK_BYTES} bytes`, { isFinal: true });
    }
    const secrets = this.secretsOf(endpoint);
    if (!secrets) return failed('the secret can not be opened: SEALING_KEY is another one than before');
    const headers = webhookHeadersOf({ id: delivery.deliveryId, at: new Date(), body, secrets });
    try {
      const answered = await guardedPost(url, { headers, body, signal }, this.guard);
      if (answered.status === 410) await this.disabling.disable(endpointId, 'gone');
      return outcomeOf(answered);
    } catch (error) {
      if (error instanceof ForbiddenTarget) {
        return failed(`the bank does not send there: ${error.message}`, { isFinal: true });
      }
      return failed(connectionFaultOf(error), { isTargetAtFault: true });
    }
  }

  private secretsOf({ view: { endpointId }, sealedSecret, sealedPreviousSecret }: WebhookEndpoint) {
    try {
      const sealed = sealedPreviousSecret === null ? [sealedSecret] : [sealedSecret, sealedPreviousSecret];
      return sealed.map((secret) => this.secrets.open(secret, endpointId));
    } catch {
      return undefined;
    }
  }
}

function goneReasonOf(endpoint: WebhookEndpoint | undefined): string | undefined {
  if (!endpoint || endpoint.isDeleted) return 'the webhook was deleted';
  return endpoint.view.status === 'disabled' ? 'the webhook is disabled' : undefined;
}

/** Every status but 2xx is tried again, as Standard Webhooks has it; 410 says that nobody wants it any more. */
function outcomeOf({ status, retryAfter }: Answered): Outcome {
  if (status >= 200 && status < 300) return delivered(status);
  const retryAfterMs = retryAfterMsOf(retryAfter, Date.now());
  const isRedirect = status >= 300 && status < 400;
  return failed(isRedirect ? `it answered ${status}: redirects are not followed` : `it answered ${status}`, {
    responseCode: status,
    isFinal: status === 410,
    isTargetAtFault: status !== 410 && status !== 429,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}
