import { Webhook } from 'standardwebhooks';
import { HttpReceiver, type ReceivedRequest } from './http-receiver.js';

/** A webhook as its receiver understands it, once the signature is verified. */
export interface VerifiedWebhook {
  readonly id: string;
  readonly type: string;
  readonly timestamp: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** @throws when the signature, made by Standard Webhooks' own library, is another one. */
export function verify({ headers, body }: ReceivedRequest, secret: string): VerifiedWebhook {
  const payload = new Webhook(secret).verify(body, headers) as Omit<VerifiedWebhook, 'id'>;
  return { ...payload, id: headers['webhook-id']! };
}

/** What a receiver got, each id once, all verified. */
export function verifiedOnce(receiver: HttpReceiver, secret: string): VerifiedWebhook[] {
  const byId = new Map(receiver.requests.map((request) => [request.headers['webhook-id'], request]));
  return [...byId.values()].map((request) => verify(request, secret));
}
