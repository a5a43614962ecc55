import { ALL_TOPICS, deadLetterTopicOf } from '@kopeck/contracts';
import { Logger } from '@nestjs/common';
import type { IHeaders, KafkaMessage } from 'kafkajs';
import { messageOf } from '../connection/patience.js';
import type { KafkaMetrics } from '../kafka-metrics.js';
import { HEADERS } from '../messages/headers.js';
import type { TopicMessage } from '../producer/producer-link.js';

const MAX_REASON_LENGTH = 500;
/** What is larger could not be written, and its partition would wait for ever. */
const MAX_VALUE_BYTES = 800_000;
const STATE_TOPICS: ReadonlySet<string> = new Set(
  ALL_TOPICS.filter(({ kind }) => kind === 'state').map(({ name }) => name),
);

export interface Undeliverable {
  readonly topic: string;
  readonly partition: number;
  readonly message: KafkaMessage;
  readonly reason: 'malformed' | 'poison';
  readonly error: unknown;
  /** How often it was handed to the handler. */
  readonly attempts: number;
}

/**
 * Where messages go that can't be read or handled, as they came, with headers that say from where and why.
 *
 * State topics have no dead letters: the next message of the key replaces the broken one. Neither have broadcast
 * readers: each gateway would write a copy of its own of what the owning service puts there anyway. Both are logged.
 */
export class DeadLetters {
  private readonly logger = new Logger('KafkaDeadLetters');

  constructor(
    private readonly metrics: KafkaMetrics,
    private readonly isBroadcast: boolean,
  ) {}

  /** @returns what to send before the offset may advance. */
  of(undeliverable: Undeliverable): TopicMessage[] {
    const { topic, partition, message, reason, error, attempts } = undeliverable;
    const isKept = !this.isBroadcast && !STATE_TOPICS.has(topic);
    const place = `${topic}[${partition}]@${message.offset}`;
    const verdict = isKept ? 'goes to the dead letters' : 'is skipped';
    this.logger.error(`${place} ${verdict} (${reason}, ${attempts} attempts): ${messageOf(error)}`);
    this.metrics.deadLettered(topic, reason);
    if (!isKept) return [];
    const headers: IHeaders = {
      ...message.headers,
      [HEADERS.originalTopic]: topic,
      [HEADERS.originalPartition]: String(partition),
      [HEADERS.originalOffset]: message.offset,
      [HEADERS.failure]: messageOf(error).slice(0, MAX_REASON_LENGTH),
      [HEADERS.attempts]: String(attempts),
      [HEADERS.failedAt]: new Date().toISOString(),
    };
    const value = valueOf(message, headers);
    return [{ topic: deadLetterTopicOf(topic), message: { key: message.key, value, headers } }];
  }
}

function valueOf({ value }: KafkaMessage, headers: IHeaders): Buffer | null {
  if (value === null || value.length <= MAX_VALUE_BYTES) return value;
  headers[HEADERS.omittedBytes] = String(value.length);
  return null;
}
