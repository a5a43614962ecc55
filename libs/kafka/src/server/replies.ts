import { replyTopicOf } from '@kopeck/contracts';
import { Logger } from '@nestjs/common';
import type { Message } from 'kafkajs';
import { messageOf } from '../connection/patience.js';
import type { KafkaOptions } from '../kafka-options.js';
import { Outbox, OUTBOX_LIMITS } from '../producer/outbox.js';
import { openProducerLink, type ProducerLink } from '../producer/producer-link.js';
import { QUESTION_TIMEOUT_MS } from '../questions/question-timeout.js';

const REPLY_TOPICS = replyTopicOf('');
const MAX_OUTBOXES = 50;

/** What was asked is done by then, and the answer is all that's missing. */
const LIMITS = { ...OUTBOX_LIMITS, unsentMs: QUESTION_TIMEOUT_MS };

/** Only these may be answered to: a question must not be able to make a service write into any topic it likes. */
export function isReplyTopic(topic: string): boolean {
  return topic.startsWith(REPLY_TOPICS) && topic.length > REPLY_TOPICS.length;
}

/**
 * Answers, each asking instance's through an outbox of its own: an instance that is gone takes its reply topic along,
 * and requests to a topic that isn't there hold up everything else that goes through the same producer.
 */
export class Replies {
  private readonly logger = new Logger('KafkaReplies');
  private readonly outboxes = new Map<string, Outbox>();
  private readonly closing = new Set<Promise<void>>();

  constructor(
    options: Pick<KafkaOptions, 'brokers' | 'instance'>,
    private readonly open: () => Promise<ProducerLink> = () => openProducerLink(options, 'replies'),
  ) {}

  /** Never throws: whoever waits for an answer that got lost asks again. All answers of a turn go in one request. */
  async send(topic: string, messages: readonly Message[]): Promise<void> {
    if (!isReplyTopic(topic)) {
      this.logger.warn(`No answer goes to ${topic.slice(0, 100)}: reply topics begin with ${REPLY_TOPICS}`);
      return;
    }
    const outbox = this.outboxOf(topic);
    try {
      await outbox.send(messages.map((message) => ({ topic, message })));
    } catch (error) {
      this.logger.warn(`An answer to ${topic} is lost: ${messageOf(error)}`);
      this.drop(topic, outbox);
    }
  }

  /** Resolves when everything is sent or given up. */
  async close(): Promise<void> {
    for (const [topic, outbox] of this.outboxes) this.drop(topic, outbox);
    await Promise.all(this.closing);
  }

  private outboxOf(topic: string): Outbox {
    const known = this.outboxes.get(topic);
    if (known) return known;
    const [oldest] = this.outboxes;
    if (oldest && this.outboxes.size >= MAX_OUTBOXES) this.drop(...oldest);
    const outbox = new Outbox(this.open, LIMITS);
    this.outboxes.set(topic, outbox);
    return outbox;
  }

  private drop(topic: string, outbox: Outbox): void {
    if (this.outboxes.get(topic) === outbox) this.outboxes.delete(topic);
    const closed = outbox.close().finally(() => this.closing.delete(closed));
    this.closing.add(closed);
  }
}
