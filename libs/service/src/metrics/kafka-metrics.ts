import type { Metrics } from './metrics.js';

const BATCH_SIZES = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000];

/** What libs/kafka tells about its work, as Prometheus metrics. */
export class KafkaMetricsRecorder {
  constructor(private readonly metrics: Metrics) {
    this.metrics.histogram(
      'kopeck_kafka_batch_messages',
      'Messages handled in one batch',
      ['topic'],
      BATCH_SIZES,
    );
  }
}
