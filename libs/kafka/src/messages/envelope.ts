import { randomUUID } from 'node:crypto';
import type { Message } from 'kafkajs';
import { HEADERS } from './headers.js';
import type { Outgoing } from './outgoing.js';
import { newTraceparent } from './traceparent.js';

export interface EnvelopeContext {
  /** CloudEvents source: who says it, such as `/gateway`. */
  readonly source: string;
  /** RFC 3339, UTC. */
  readonly time: string;
  /** For messages that carry none themselves. */
  readonly traceparent: string | undefined;
}

/**
 * CloudEvents 1.0 in Kafka's binary mode: attributes in headers, data in the value. Always the form
 * `{ key, value, headers }`, because Nest and kafkajs take an object with a `key` or a `value` for a message.
 */
export function envelopeOf(outgoing: Outgoing, context: EnvelopeContext): Message {
  return {
    key: outgoing.key,
    value: Buffer.from(JSON.stringify(outgoing.value)),
    headers: {
      [HEADERS.eventSpecVersion]: '1.0',
      [HEADERS.eventId]: outgoing.id ?? randomUUID(),
      [HEADERS.eventSource]: context.source,
      [HEADERS.eventType]: outgoing.type,
      [HEADERS.eventTime]: context.time,
      [HEADERS.contentType]: 'application/json',
      [HEADERS.traceparent]: context.traceparent ?? newTraceparent(),
      ...outgoing.headers,
    },
  };
}
