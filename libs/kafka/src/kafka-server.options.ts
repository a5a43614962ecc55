import type { KafkaOptions } from './kafka-options.js';
import type { KafkaMetrics } from './kafka-metrics.js';

export interface KafkaServerOptions extends KafkaOptions {
  /**
   * `shared`: one consumer group for all processes of the service, named after it; each message is handled by one of
   * them. `broadcast`: a group of its own for each process; each message is handled by all, from the process's start.
   */
  readonly mode: 'shared' | 'broadcast';
  /**
   * Such an error is tried again for as long as the partition is owned: a database that is down, a lost connection. Any
   * other error is bisected to the message that causes it, which goes to the topic's dead letters.
   */
  readonly isTransient?: (error: unknown) => boolean;
  readonly metrics?: KafkaMetrics;
  /** What to do when the consumer cannot go on. Ends the process with status 1 unless given. */
  readonly onFatal?: (reason: Error) => void;
}
