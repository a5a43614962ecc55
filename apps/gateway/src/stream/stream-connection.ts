import type { ServerResponse } from 'node:http';
import type { CurrentSession } from '../sessions/session.js';
import { HEARTBEAT } from './event-text.js';
import { InboxOrder } from './inbox-order.js';

/** More than this unread, a second later still, is a reader that can't follow. It connects again, and is told what it missed. */
const MAX_UNREAD_BYTES = 256 * 1024;
/** Even a burst that came all at once may not take more than this of the memory. */
const MAX_BURST_BYTES = 512 * 1024;
/** A quiet connection gets a sign of life after so long. */
export const HEARTBEAT_AFTER_MS = 25_000;
/** Somebody who has read nothing for so long, although there was something, has gone. */
const STALLED_AFTER_MS = 60_000;
/** For what is written to go out after the end; then the socket goes without it. */
const CLOSE_WITHIN_MS = 2_000;

export type StreamSession = Pick<CurrentSession, 'tokenHash' | 'customerId' | 'endsAtMs'>;

/** One open page, as far as it concerns what is written to it. */
export class StreamConnection {
  readonly order: InboxOrder;
  /** When its session was last seen to be there, epoch milliseconds. */
  checkedAtMs: number;
  /** A replay that failed is tried again after this, epoch milliseconds. */
  replayAfterMs = 0;
  failedReplays = 0;
  isReplaying = false;
  private writtenAtMs: number;
  private stalledSinceMs: number | undefined;
  private isOverfull = false;

  /** @param lastOrdinal what the client has of its inbox already. */
  constructor(
    private readonly response: ServerResponse,
    readonly session: StreamSession,
    lastOrdinal: bigint | undefined,
    nowMs: number,
  ) {
    this.order = new InboxOrder(lastOrdinal);
    this.checkedAtMs = nowMs;
    this.writtenAtMs = nowMs;
  }

  get isOpen(): boolean {
    return !this.response.writableEnded && !this.response.destroyed;
  }

  /** What was written waits for the reader: no time to write more than has to be. */
  get isFull(): boolean {
    return this.response.writableNeedDrain;
  }

  /** @returns false when the reader is too slow; then the connection is to be cut. */
  write(text: string | Buffer, nowMs = Date.now()): boolean {
    this.response.write(text);
    this.writtenAtMs = nowMs;
    return this.response.writableLength <= MAX_BURST_BYTES;
  }

  /** Called each second or so. @returns false when the reader is too slow, or gone for all that can be seen. */
  keepAlive(nowMs: number): boolean {
    if (nowMs - this.writtenAtMs >= HEARTBEAT_AFTER_MS) this.write(HEARTBEAT, nowMs);
    const wasOverfull = this.isOverfull;
    this.isOverfull = this.response.writableLength > MAX_UNREAD_BYTES;
    if (wasOverfull && this.isOverfull) return false;
    if (!this.isFull) {
      this.stalledSinceMs = undefined;
      return true;
    }
    this.stalledSinceMs ??= nowMs;
    return nowMs - this.stalledSinceMs < STALLED_AFTER_MS;
  }

  /** Lets what was written go out first. */
  end(lastText = ''): void {
    this.response.end(lastText);
    const timer = setTimeout(() => this.cut(), CLOSE_WITHIN_MS).unref();
    this.response.once('close', () => clearTimeout(timer));
  }

  /** At once, with what was written and not sent. */
  cut(): void {
    this.response.destroy();
  }
}
