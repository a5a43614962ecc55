import type { OffsetsByTopicPartition } from 'kafkajs';
import type { PartitionPosition } from './partition-position.js';

/** One request for all partitions, and not after each batch: that was the largest single cost of the transport. */
export const COMMIT_INTERVAL_MS = 1_000;

/** Commits lazily what is done. Late commits are harmless: whatever is handled again finds its work done. */
export class OffsetCommitter {
  private timer: NodeJS.Timeout | undefined;
  private committing: Promise<void> | undefined;

  constructor(
    private readonly positions: () => PartitionPosition[],
    private readonly commit: (offsets: OffsetsByTopicPartition) => Promise<void>,
    private readonly onFailure: (error: unknown) => void = () => undefined,
    private readonly intervalMs = COMMIT_INTERVAL_MS,
  ) {}

  /** Something is done. No timer runs while nothing is. */
  touch(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.flush();
    }, this.intervalMs);
  }

  /** Never throws: what could not be committed stays to be committed. */
  async flush(): Promise<void> {
    while (this.committing) await this.committing;
    const dirty = this.positions().filter((position) => position.isDirty);
    if (dirty.length === 0) return;
    this.committing = this.commitAll(dirty).finally(() => (this.committing = undefined));
    await this.committing;
  }

  stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
  }

  private async commitAll(dirty: readonly PartitionPosition[]): Promise<void> {
    const offsets = dirty.map((position) => position.done!);
    try {
      await this.commit(requestOf(dirty));
      dirty.forEach((position, index) => (position.committed = offsets[index]));
    } catch (error) {
      this.onFailure(error);
      this.touch();
    }
  }
}

function requestOf(positions: readonly PartitionPosition[]): OffsetsByTopicPartition {
  const topics = new Map<string, { partition: number; offset: string }[]>();
  for (const { topic, partition, done } of positions) {
    const partitions = topics.get(topic) ?? [];
    partitions.push({ partition, offset: String(done) });
    topics.set(topic, partitions);
  }
  return { topics: [...topics].map(([topic, partitions]) => ({ topic, partitions })) };
}
