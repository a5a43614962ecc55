/** True for kafkajs's errors, and those that wrap them, about a topic that isn't there (yet, or any more). */
export function isUnknownTopic(error: unknown): boolean {
  const { type, cause } = (error ?? {}) as { type?: string; cause?: unknown };
  return type === 'UNKNOWN_TOPIC_OR_PARTITION' || (cause !== undefined && isUnknownTopic(cause));
}
