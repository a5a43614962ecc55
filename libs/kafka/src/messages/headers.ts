/** Names of message headers. Those of questions are Nest's, so that a plain Nest client could ask as well. */
export const HEADERS = {
  correlationId: 'kafka_correlationId',
  replyTopic: 'kafka_replyTopic',
  replyPartition: 'kafka_replyPartition',
  /** On an answer: the handler failed; the value is a short sentence. */
  error: 'kafka_nest-err',
  /** On an answer: there is no further one. */
  isDisposed: 'kafka_nest-is-disposed',
  /** Epoch milliseconds: after this moment nobody waits for the answer. */
  deadline: 'kopeck_deadline',
  /** `<topic>/<name>` of the question. */
  question: 'kopeck_question',
  traceparent: 'traceparent',
  /** CloudEvents 1.0, Kafka protocol binding, binary content mode. */
  eventId: 'ce_id',
  eventSource: 'ce_source',
  eventType: 'ce_type',
  eventTime: 'ce_time',
  eventSpecVersion: 'ce_specversion',
  contentType: 'content-type',
  /** On a dead letter: where it came from and why it is here. */
  originalTopic: 'kopeck_original_topic',
  originalPartition: 'kopeck_original_partition',
  originalOffset: 'kopeck_original_offset',
  failure: 'kopeck_error',
  attempts: 'kopeck_attempts',
  failedAt: 'kopeck_failed_at',
  /** The value was too large for a dead letter; until its retention ends it's still where it came from. */
  omittedBytes: 'kopeck_omitted_bytes',
} as const;
