import { Webhook } from 'standardwebhooks';
import type { DueDelivery } from '../channels/channel.js';
import type { Words } from '../templates/words.js';

export const MAX_WEBHOOK_BYTES = 20 * 1_024;

/** The body: what happened, when, and its details; ids and words, no secret and no full account number. */
export function webhookBodyOf(delivery: DueDelivery, { title, text, link }: Words): string {
  const { type, occurredAt, notificationId, data } = delivery;
  return JSON.stringify({
    type,
    timestamp: occurredAt.toISOString(),
    data: { ...data, notificationId, title, text, link },
  });
}

export interface SignedMessage {
  /** Stays the same over tries and resends. */
  readonly id: string;
  readonly at: Date;
  readonly body: string;
  /** The present one first; while it's being replaced, the one before as well. */
  readonly secrets: readonly string[];
}

/** As Standard Webhooks 1.0 has them. */
export function webhookHeadersOf({ id, at, body, secrets }: SignedMessage): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'Kopeck-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
