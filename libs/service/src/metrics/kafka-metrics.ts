import type { KafkaMetrics } from '@kopeck/kafka';
import type { Counter, Histogram } from 'prom-client';
import type { Metrics } from './metrics.js';

const BATCH_SIZES = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000];

/** What the batch server tells about its work, for Prometheus. */
export class KafkaMetricsRecorder implements KafkaMetrics {
  private readonly batchSizes: Histogram;
  private readonly batchSeconds: Histogram;
  private readonly retries: Counter;
  private readonly deadLetters: Counter;
  private readonly questions: Histogram;

  constructor(metrics: Metrics) {
    this.batchSizes = metrics.histogram(
      'kopeck_kafka_batch_messages',
      'Messages handled in one batch',
      ['topic'],
      BATCH_SIZES,
    );
    this.batchSeconds = metrics.histogram(
      'kopeck_kafka_batch_seconds',
      'From taking a batch to the acknowledgement of what it produced',
      ['topic'],
    );
    this.retries = metrics.counter(
      'kopeck_kafka_batch_retries_total',
      'Batches tried again after a transient error',
      ['topic'],
    );
    this.deadLetters = metrics.counter('kopeck_kafka_dead_letters_total', 'Messages put into <topic>.dlq', [
      'topic',
      'reason',
    ]);
    this.questions = metrics.histogram('kopeck_question_seconds', 'From taking a question to its answer', [
      'question',
      'outcome',
    ]);
  }

  batchHandled(topic: string, messages: number, seconds: number): void {
    this.batchSizes.observe({ topic }, messages);
    this.batchSeconds.observe({ topic }, seconds);
  }

  batchRetried(topic: string): void {
    this.retries.inc({ topic });
  }

  deadLettered(topic: string, reason: 'malformed' | 'poison'): void {
    this.deadLetters.inc({ topic, reason });
  }

  questionAnswered(
    question: string,
    outcome: 'answered' | 'refused' | 'failed' | 'expired',
    seconds: number,
  ): void {
    this.questions.observe({ question, outcome }, seconds);
  }
}
