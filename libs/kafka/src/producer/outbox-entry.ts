import type { TopicMessage } from './producer-link.js';

/** Messages that were handed over together; they succeed or fail together. */
export class OutboxEntry {
  readonly bytes: number;
  readonly done: Promise<void>;
  resolve!: () => void;
  reject!: (error: Error) => void;

  constructor(
    readonly messages: readonly TopicMessage[],
    readonly deadlineMs: number,
  ) {
    this.bytes = messages.reduce((sum, { message }) => sum + sizeOf(message), 0);
    this.done = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

/** What a message adds to a request beside key and value: headers, lengths. */
const OVERHEAD_BYTES = 500;

export function sizeOf({ key, value }: TopicMessage['message']): number {
  return lengthOf(value) + lengthOf(key) + OVERHEAD_BYTES;
}

function lengthOf(text: Buffer | string | null | undefined): number {
  if (text === null || text === undefined) return 0;
  return Buffer.isBuffer(text) ? text.length : Buffer.byteLength(text);
}

/**
 * A broker takes record batches of 1 MB; all of a request could be for one partition. What is larger goes in several
 * requests, one after the other.
 */
export const MAX_REQUEST_BYTES = 900_000;
export const MAX_REQUEST_MESSAGES = 5_000;

/** @throws when a single message is too large for any request. */
export function splitBySize(messages: readonly TopicMessage[]): TopicMessage[][] {
  const parts: TopicMessage[][] = [];
  let part: TopicMessage[] = [];
  let bytes = 0;
  for (const entry of messages) {
    const size = sizeOf(entry.message);
    if (size > MAX_REQUEST_BYTES) {
      throw new Error(
        `A message for ${entry.topic} has ${size} bytes; at most ${MAX_REQUEST_BYTES} can be sent. Send less in one.`,
      );
    }
    if (bytes + size > MAX_REQUEST_BYTES || part.length === MAX_REQUEST_MESSAGES) {
      parts.push(part);
      part = [];
      bytes = 0;
    }
    part.push(entry);
    bytes += size;
  }
  if (part.length > 0) parts.push(part);
  return parts;
}
