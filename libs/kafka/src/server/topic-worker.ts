import type { FetchedBatch } from '../consumer/fetched-batch.js';
import type { HealthPart } from '../health/kafka-health.js';

/** What handles one topic's messages. */
export interface TopicWorker extends HealthPart {
  /** Takes messages in and returns at once. */
  accept(batch: FetchedBatch): void;
  /** Resolves when nothing is under way any more. */
  stop(): Promise<void>;
}
