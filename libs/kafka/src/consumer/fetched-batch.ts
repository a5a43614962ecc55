import type { KafkaMessage } from 'kafkajs';
import type { PartitionPosition } from './partition-position.js';

/** Messages of one partition that came with one fetch, in order, none of them seen before. */
export interface FetchedBatch {
  readonly position: PartitionPosition;
  readonly messages: readonly KafkaMessage[];
  /** Where the partition goes on: beyond the last message where the log has gaps. */
  readonly endOffset: number;
}
