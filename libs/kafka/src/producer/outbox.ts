import { messageOf } from '../connection/patience.js';
import { BrokerUnavailable } from '../errors/broker-unavailable.error.js';
import { OutcomeUnknown } from '../errors/outcome-unknown.error.js';
import { Overloaded } from '../errors/overloaded.error.js';
import { MAX_REQUEST_BYTES, MAX_REQUEST_MESSAGES, OutboxEntry, splitBySize } from './outbox-entry.js';
import type { ProducerLink, TopicMessage } from './producer-link.js';

export interface OutboxLimits {
  /** Nobody waits longer than this for a broker that isn't there. */
  readonly unsentMs: number;
  /** Nobody waits longer than this for an acknowledgement. */
  readonly unacknowledgedMs: number;
  /** Messages waiting for their request, all callers together. */
  readonly queuedMessages: number;
  readonly pauseMs: number;
}

export const OUTBOX_LIMITS: OutboxLimits = {
  unsentMs: 2_000,
  unacknowledgedMs: 6_000,
  queuedMessages: 20_000,
  pauseMs: 200,
};

/**
 * Collects what is sent while a request is under way and sends it in the next one: kafkajs makes one request of each
 * `send`, and requests, not messages, are what costs. One request at a time, so the order of sending is kept.
 */
export class Outbox {
  private queue: OutboxEntry[] = [];
  private queuedMessages = 0;
  private link: ProducerLink | undefined;
  private running: Promise<void> | undefined;
  private expiry: NodeJS.Timeout | undefined;
  private downSinceMs: number | undefined;
  private lastFailure = 'not connected yet';
  private closed = false;
  /** Set when an acknowledged request was never seen leaving: then nobody can say that nothing was sent. */
  private isBlind = false;

  constructor(
    private readonly open: () => Promise<ProducerLink>,
    private readonly limits: OutboxLimits = OUTBOX_LIMITS,
  ) {}

  /** Why nothing can be sent, as far as is known; asking makes it try again. */
  check(): string | undefined {
    if (this.downSinceMs === undefined) return undefined;
    this.probe();
    return `the broker takes no messages: ${this.lastFailure}`;
  }

  /** Messages not acknowledged yet. */
  get waiting(): number {
    return this.queuedMessages;
  }

  /** @throws when no broker answers; it may be called again. */
  async connect(): Promise<void> {
    this.link ??= await this.open();
  }

  /**
   * Resolves when the broker has acknowledged all of them.
   *
   * @throws {BrokerUnavailable} certainly none was sent · {OutcomeUnknown} some may have been · {Overloaded} none was.
   */
  async send(messages: readonly TopicMessage[]): Promise<void> {
    if (messages.length === 0) return;
    if (this.closed) throw new BrokerUnavailable('This process is stopping and sends no more messages');
    if (this.isLongDown()) throw this.unavailable();
    if (this.queuedMessages + messages.length > this.limits.queuedMessages && this.queuedMessages > 0) {
      throw new Overloaded(`${this.queuedMessages} messages already wait to be sent; try again later`);
    }
    const deadlineMs = performance.now() + this.limits.unsentMs;
    const entries = splitBySize(messages).map((part) => new OutboxEntry(part, deadlineMs));
    for (const entry of entries) this.queue.push(entry);
    this.queuedMessages += messages.length;
    this.kick();
    this.armExpiry();
    if (entries.length === 1) return entries[0]!.done;
    await allSent(entries.map((entry) => entry.done));
  }

  /** Sends what waits, then disconnects; what can't be sent within the limits is refused. */
  async close(): Promise<void> {
    this.closed = true;
    while (this.running) await this.running;
    clearTimeout(this.expiry);
    await this.link?.close();
    this.link = undefined;
  }

  private kick(): void {
    // The next turn of the event loop: everything that this turn still sends goes along.
    this.running ??= new Promise((resolve) => setImmediate(resolve))
      .then(() => this.run())
      .finally(() => (this.running = undefined))
      .then(() => {
        if (this.queue.length > 0) this.kick();
      });
  }

  private async run(): Promise<void> {
    while (this.queue.length > 0) {
      const link = await this.connected();
      if (link) await this.fly(link, this.take());
      else await pause(this.limits.pauseMs);
      this.expire();
    }
  }

  private async connected(): Promise<ProducerLink | undefined> {
    if (this.link) return this.link;
    const sinceMs = this.waitingSinceMs();
    try {
      return (this.link ??= await this.open());
    } catch (error) {
      this.failed(error, sinceMs);
      return undefined;
    }
  }

  private take(): OutboxEntry[] {
    let bytes = 0;
    let messages = 0;
    let count = 0;
    for (const entry of this.queue) {
      bytes += entry.bytes;
      messages += entry.messages.length;
      if (count > 0 && (bytes > MAX_REQUEST_BYTES || messages > MAX_REQUEST_MESSAGES)) break;
      count++;
    }
    return this.queue.splice(0, count);
  }

  /** One request. Unsent entries go back to the head of the queue for as long as their time allows. */
  private async fly(link: ProducerLink, entries: OutboxEntry[]): Promise<void> {
    if (entries.length === 0) return;
    const writtenBefore = link.written;
    const messages = entries.length === 1 ? entries[0]!.messages : entries.flatMap((entry) => entry.messages);
    try {
      const isLeft = () => link.written !== writtenBefore;
      await this.withinLimits(link.sendBatch(messages), isLeft, entries[0]!.deadlineMs);
      this.isBlind ||= !isLeft();
      this.queuedMessages -= messages.length;
      this.downSinceMs = undefined;
      for (const entry of entries) entry.resolve();
    } catch (error) {
      const isSent = this.isBlind || link.written !== writtenBefore;
      link.abandon();
      this.link = undefined;
      this.failed(error);
      if (isSent) this.settle(entries, new OutcomeUnknown(`No acknowledgement: ${messageOf(error)}`));
      else if (isPermanent(error)) this.settle(entries, asError(error));
      else await this.putBack(entries);
    }
  }

  private async putBack(entries: OutboxEntry[]): Promise<void> {
    this.queue.unshift(...entries);
    this.expire();
    if (this.queue.length > 0) await pause(this.limits.pauseMs);
  }

  private async withinLimits(
    sending: Promise<void>,
    isLeft: () => boolean,
    deadlineMs: number,
  ): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const giveUp = () => reject(new Error('the broker did not answer in time'));
      const unsentMs = Math.max(deadlineMs - performance.now(), 1);
      timer = setTimeout(() => {
        if (!isLeft()) return giveUp();
        timer = setTimeout(giveUp, this.limits.unacknowledgedMs - unsentMs);
      }, unsentMs);
    });
    sending.catch(() => undefined);
    try {
      await Promise.race([sending, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** Refuses what has waited too long; certainly unsent, because it never left the queue. */
  private expire(): void {
    const now = performance.now();
    const late = this.queue.filter((entry) => entry.deadlineMs <= now);
    if (late.length === 0) return;
    this.queue = this.queue.filter((entry) => entry.deadlineMs > now);
    this.settle(late, this.unavailable());
  }

  private armExpiry(): void {
    const head = this.queue[0];
    if (this.expiry || !head) return;
    this.expiry = setTimeout(
      () => {
        this.expiry = undefined;
        this.expire();
        this.armExpiry();
      },
      head.deadlineMs - performance.now() + 1,
    );
  }

  private settle(entries: readonly OutboxEntry[], error: Error): void {
    for (const entry of entries) {
      this.queuedMessages -= entry.messages.length;
      entry.reject(error);
    }
  }

  private failed(error: unknown, sinceMs = performance.now()): void {
    this.downSinceMs ??= sinceMs;
    this.lastFailure = messageOf(error);
  }

  /** A busy process gets to its first attempt after somebody has begun to wait. */
  private waitingSinceMs(): number {
    const [head] = this.queue;
    return head ? head.deadlineMs - this.limits.unsentMs : performance.now();
  }

  private isLongDown(): boolean {
    if (this.downSinceMs === undefined || performance.now() - this.downSinceMs < this.limits.unsentMs) {
      return false;
    }
    this.probe();
    return true;
  }

  /** While it's down, one attempt at a time to come back, made whenever somebody wants to send. */
  private probe(): void {
    this.running ??= pause(this.limits.pauseMs)
      .then(() => this.connected())
      .then((link) => {
        if (link) this.downSinceMs = undefined;
      })
      .finally(() => (this.running = undefined));
  }

  private unavailable(): BrokerUnavailable {
    return new BrokerUnavailable(`Nothing was sent: ${this.lastFailure}`);
  }
}

/** Some parts of one call may be acknowledged and others not: then nobody may say that nothing was sent. */
async function allSent(parts: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(parts);
  const failures = results.filter((result) => result.status === 'rejected');
  if (failures.length === 0) return;
  const reason: unknown = failures[0]!.reason;
  if (failures.length === parts.length && reason instanceof BrokerUnavailable) throw reason;
  throw new OutcomeUnknown(`Only a part was acknowledged: ${messageOf(reason)}`);
}

/** Errors of kafkajs that no repetition mends: a message it can't encode, say. */
function isPermanent(error: unknown): boolean {
  const { name, type } = error as { name?: string; type?: string };
  return type === 'MESSAGE_TOO_LARGE' || name === 'TypeError' || name === 'RangeError';
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
