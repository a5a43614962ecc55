import { setImmediate as endOfTurn, setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { FetchedBatch } from '../consumer/fetched-batch.js';
import type { Backlog } from './backlog.js';
import { StoppedInTheMiddle, type BatchProcessor, type HandledBatch, type Work } from './batch-processor.js';
import type { TopicWorker } from './topic-worker.js';
import { UsualSize } from './usual-size.js';

export interface BatchWorkerOptions {
  readonly topic: string;
  readonly processor: Pick<BatchProcessor, 'process'>;
  readonly backlog: Backlog;
  readonly maxMessages: number;
  readonly lingerMs: number;
  readonly gatherMs: number;
  /** Called when something is done and may be committed. */
  readonly onDone: () => void;
  readonly signal: AbortSignal;
}

/** A batch that takes longer than this is told to operators; it goes on all the same. */
const SLOW_MS = 30_000;
const NOTHING_HANDLED: HandledBatch = { produced: Promise.resolve() };

/** One topic's own loop, so that topics of one server don't wait for each other. */
export class BatchWorker implements TopicWorker {
  private readonly logger = new Logger('KafkaBatches');
  private queue: Work[] = [];
  private running: Promise<void> | undefined;
  /** When each batch that isn't done yet began; two at most. */
  private readonly beganMs: number[] = [];
  private producing: Promise<void> = Promise.resolve();
  private lastStartMs = -Infinity;
  /** While a batch waits for the rest. */
  private gathering: AbortController | undefined;
  private readonly usual = new UsualSize();

  constructor(private readonly options: BatchWorkerOptions) {}

  accept({ position, messages, endOffset }: FetchedBatch): void {
    const last = messages.length - 1;
    messages.forEach((message, index) => {
      const end = index === last ? endOffset : Number(message.offset) + 1;
      this.queue.push({ position, message, endOffset: end });
    });
    this.options.backlog.add(messages.length);
    if (this.gathering && !this.usual.isMoreThan(this.queue.length)) this.gathering.abort();
    this.running ??= this.run().finally(() => (this.running = undefined));
  }

  /** Resolves when what is under way is done or given up; what waits stays undone. */
  async stop(): Promise<void> {
    this.queue = [];
    this.gathering?.abort();
    await this.running;
    await this.producing;
  }

  problem(nowMs: number): string | undefined {
    const [beganMs] = this.beganMs;
    if (beganMs === undefined || nowMs - beganMs < SLOW_MS) return undefined;
    const seconds = Math.round((nowMs - beganMs) / 1_000);
    return `a batch of ${this.options.topic} has been under way for ${seconds} s`;
  }

  private async run(): Promise<void> {
    const { signal } = this.options;
    // The other partitions' batches of the same fetch arrive in this turn of the event loop.
    await endOfTurn();
    while (this.queue.length > 0 && !signal.aborted) {
      await this.linger();
      await this.gather();
      if (signal.aborted) return;
      await this.work(this.take());
    }
  }

  private take(): Work[] {
    const batch = this.queue.splice(0, this.options.maxMessages);
    this.usual.saw(batch.length);
    return batch;
  }

  /** Resolves when the batch is handled and the one before is produced: the next one may be handled then. */
  private async work(batch: Work[]): Promise<void> {
    this.beganMs.push(Date.now());
    const { produced } = await this.handle(batch);
    await this.producing;
    this.producing = produced.then(() => {
      this.beganMs.shift();
      this.options.backlog.remove(batch.length);
      this.options.onDone();
    });
    // The request leaves before the next batch keeps this process busy.
    await endOfTurn();
  }

  private async handle(batch: Work[]): Promise<HandledBatch> {
    const owned = batch.filter(({ position }) => position.isOwned);
    if (owned.length === 0) return NOTHING_HANDLED;
    try {
      const { produced } = await this.options.processor.process(owned);
      return { produced: produced.catch((error: unknown) => this.complain(error)) };
    } catch (error) {
      this.complain(error);
      return NOTHING_HANDLED;
    }
  }

  private complain(error: unknown): void {
    if (!(error instanceof StoppedInTheMiddle)) this.logger.error(error);
  }

  private async linger(): Promise<void> {
    const { lingerMs, signal } = this.options;
    const waitMs = this.lastStartMs + lingerMs - performance.now();
    if (waitMs > 0) await delay(waitMs, undefined, { signal }).catch(() => undefined);
    this.lastStartMs = performance.now();
  }

  private async gather(): Promise<void> {
    const { gatherMs } = this.options;
    if (gatherMs === 0 || !this.usual.isMoreThan(this.queue.length)) return;
    this.gathering = new AbortController();
    await delay(gatherMs, undefined, { signal: this.gathering.signal }).catch(() => undefined);
    this.gathering = undefined;
  }
}
