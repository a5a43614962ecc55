import type { Batch } from 'kafkajs';
import type { FetchedBatch } from './fetched-batch.js';
import type { PartitionPosition } from './partition-position.js';

/**
 * What of a fetched batch is new. After a rebalance the group's last commit is behind what this process has taken in;
 * taking it in twice would be harmless, but wasted.
 */
export function takeIn(position: PartitionPosition, batch: Batch): FetchedBatch | undefined {
  forgetAnotherLog(position, batch);
  const from = position.received ?? -1;
  const messages =
    Number(batch.firstOffset() ?? from) >= from
      ? batch.messages
      : batch.messages.filter(({ offset }) => Number(offset) >= from);
  const endOffset = Math.max(Number(batch.lastOffset()) + 1, from);
  position.received = endOffset;
  if (messages.length === 0) return undefined;
  position.done ??= Number(messages[0]!.offset);
  return { position, messages, endOffset };
}

/** A topic that was deleted and created again starts at 0: what was known of the old one hides the new one's messages. */
function forgetAnotherLog(position: PartitionPosition, { highWatermark }: Batch): void {
  if (position.received === undefined || Number(highWatermark) >= position.received) return;
  position.received = undefined;
  position.done = undefined;
  position.committed = undefined;
}
