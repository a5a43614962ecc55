import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { FetchedBatch } from '../consumer/fetched-batch.js';
import type { Backlog } from './backlog.js';
import { StoppedInTheMiddle, type BatchProcessor, type Work } from './batch-processor.js';
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

/** One topic's own loop, so that topics of one server don't wait for each other. */
export class BatchWorker implements TopicWorker {
  private readonly logger = new Logger('KafkaBatches');
  private queue: Work[] = [];
  private running: Promise<void> | undefined;
  private busySinceMs: number | undefined;
  private lastStartMs = -Infinity;
  private gathering = new AbortController();
  private readonly usual = new UsualSize();

  constructor(private readonly options: BatchWorkerOptions) {}

  accept({ position, messages, endOffset }: FetchedBatch): void {
    const last = messages.length - 1;
    messages.forEach((message, index) => {
      const end = index === last ? endOffset : Number(message.offset) + 1;
      this.queue.push({ position, message, endOffset: end });
    });
    this.options.backlog.add(messages.length);
    if (!this.usual.isMoreThan(this.queue.length)) this.gathering.abort();
    this.running ??= this.run().finally(() => (this.running = undefined));
  }

  /** Resolves when the batch under way is done or given up; what waits stays undone. */
  async stop(): Promise<void> {
    this.queue = [];
    this.gathering.abort();
    await this.running;
  }

  problem(nowMs: number): string | undefined {
    if (this.busySinceMs === undefined || nowMs - this.busySinceMs < SLOW_MS) return undefined;
    const seconds = Math.round((nowMs - this.busySinceMs) / 1_000);
    return `a batch of ${this.options.topic} has been under way for ${seconds} s`;
  }

  private async run(): Promise<void> {
    const { signal } = this.options;
    // The other partitions' batches of the same fetch arrive in this turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
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

  private async work(batch: Work[]): Promise<void> {
    this.busySinceMs = Date.now();
    try {
      const owned = batch.filter(({ position }) => position.isOwned);
      if (owned.length > 0) await this.options.processor.process(owned);
    } catch (error) {
      if (!(error instanceof StoppedInTheMiddle)) this.logger.error(error);
    } finally {
      this.busySinceMs = undefined;
      this.options.backlog.remove(batch.length);
      this.options.onDone();
    }
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
  }
}
