import { HEADERS } from '../messages/headers.js';
import type { Outgoing } from '../messages/outgoing.js';
import type { ReceivedMessage } from '../messages/received-message.js';

/**
 * Hands the trace of what came in on to what goes out, where it's clear which led to which: the one message of a batch,
 * or the only one with the same key. A wrong trace would be worse than a new one.
 */
export function withTraces(
  outgoing: readonly Outgoing[],
  received: readonly ReceivedMessage<object>[],
): readonly Outgoing[] {
  if (outgoing.every((message) => message.headers?.[HEADERS.traceparent])) return outgoing;
  const byKey = received.length === 1 ? undefined : uniqueByKey(received);
  return outgoing.map((message) => {
    if (message.headers?.[HEADERS.traceparent]) return message;
    const cause = byKey ? byKey.get(message.key) : received[0];
    const traceparent = cause?.traceparent;
    if (traceparent === undefined) return message;
    return { ...message, headers: { ...message.headers, [HEADERS.traceparent]: traceparent } };
  });
}

function uniqueByKey(
  received: readonly ReceivedMessage<object>[],
): Map<string, ReceivedMessage<object> | undefined> {
  const byKey = new Map<string, ReceivedMessage<object> | undefined>();
  for (const message of received) byKey.set(message.key, byKey.has(message.key) ? undefined : message);
  return byKey;
}
