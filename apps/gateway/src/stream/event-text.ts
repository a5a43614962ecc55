/** How soon a browser connects again after its connection ended, until it's told otherwise. */
export const RECONNECT_AFTER_MS = 2_000;

/** Keeps proxies from taking a quiet connection for a dead one. */
export const HEARTBEAT = ':\n\n';

export interface StreamEvent {
  /** Becomes the browser's Last-Event-ID; an event without one leaves that as it is. */
  readonly id?: string;
  readonly name: 'hello' | 'notification' | 'unread' | 'transfer';
  /** Becomes one line of JSON, which has no line break of its own. */
  readonly data: object;
  readonly retryMs?: number;
}

/** One event as it goes over the wire (HTML Standard, section 9.2): made once for however many connections. */
export function eventText({ id, name, data, retryMs }: StreamEvent): string {
  const lines = [`event: ${name}`];
  if (id !== undefined) lines.push(`id: ${id}`);
  if (retryMs !== undefined) lines.push(`retry: ${retryMs}`);
  lines.push(`data: ${JSON.stringify(data)}`);
  return `${lines.join('\n')}\n\n`;
}

/** Only a new time for reconnecting: for a connection that is about to be ended. */
export function retryText(retryMs: number): string {
  return `retry: ${retryMs}\n\n`;
}
