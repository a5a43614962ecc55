/** What the server tells about its work. Called once a batch or a question, never once a message. */
export interface KafkaMetrics {
  /** A batch went through its handler and what it produced is acknowledged. */
  batchHandled(topic: string, messages: number, seconds: number): void;
  /** A transient error: the batch will be tried again. */
  batchRetried(topic: string): void;
  /** A message went to `<topic>.dlq`. */
  deadLettered(topic: string, reason: 'malformed' | 'poison'): void;
  /** `expired`: its deadline had passed, so nobody waited for the answer any more. */
  questionAnswered(
    question: string,
    outcome: 'answered' | 'refused' | 'failed' | 'expired',
    seconds: number,
  ): void;
}

export const NO_METRICS: KafkaMetrics = {
  batchHandled: () => undefined,
  batchRetried: () => undefined,
  deadLettered: () => undefined,
  questionAnswered: () => undefined,
};
