import { randomBytes } from 'node:crypto';
import { ALL_TOPICS, replyTopicOf, type Question } from '@kopeck/contracts';
import { Logger } from '@nestjs/common';
import { ClientKafka, type OutgoingEvent, type ReadPacket, type WritePacket } from '@nestjs/microservices';
import type { KafkaMessage } from 'kafkajs';
import { messageOf, untilItWorks } from '../connection/patience.js';
import type { FetchedBatch } from '../consumer/fetched-batch.js';
import { GroupConsumer } from '../consumer/group-consumer.js';
import { BrokerUnavailable } from '../errors/broker-unavailable.error.js';
import { DeadlineExceeded } from '../errors/deadline-exceeded.error.js';
import { OutcomeUnknown } from '../errors/outcome-unknown.error.js';
import { QuestionFailed } from '../errors/question-failed.error.js';
import { KafkaHealth } from '../health/kafka-health.js';
import type { KafkaOptions } from '../kafka-options.js';
import { HEADERS } from '../messages/headers.js';
import { headerText } from '../messages/received-message.js';
import type { Producer } from '../producer/producer.js';
import { TopicAdmin } from '../topics/topic-admin.js';
import { QUESTION_TIMEOUT_MS } from './question-timeout.js';
import { WaitingAnswers } from './waiting-answers.js';

export interface AskOptions {
  /** Message key: questions of one key are answered by one process, as long as it lives. */
  readonly key: string;
  /** 5,000 unless given. It travels along: an expired question is dropped, not served. */
  readonly timeoutMs?: number;
}

/**
 * Asks other services. Answers come to a topic of this process alone, so that no rebalance of anybody else can lose
 * them. It's made at start and removed on an orderly stop.
 */
export class QuestionClient extends ClientKafka {
  readonly replyTopic: string;
  protected override readonly logger = new Logger(QuestionClient.name);
  private readonly answers = new WaitingAnswers();
  private readonly admin: TopicAdmin;
  private readonly stopping = new AbortController();
  private readonly idPrefix = randomBytes(9).toString('base64url');
  private asked = 0;
  private group: GroupConsumer | undefined;
  private ready: Promise<void> | undefined;
  private isReady = false;

  constructor(
    private readonly kafka: KafkaOptions,
    private readonly sender: Producer,
  ) {
    super({ client: { brokers: kafka.brokers, clientId: kafka.instance } });
    this.replyTopic = replyTopicOf(kafka.instance);
    this.admin = new TopicAdmin(kafka);
  }

  /** Services that ask are ready before they start to serve; others get a reply topic with their first question. */
  async onModuleInit(): Promise<void> {
    const { service } = this.kafka;
    const asks = ALL_TOPICS.some(
      ({ kind, producedBy }) => kind === 'question' && producedBy.includes(service),
    );
    if (asks) await this.connect();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  /** Resolves when answers can be received. Waits for the broker, saying so; a failure isn't remembered. */
  override async connect(): Promise<never> {
    this.ready ??= this.listen().catch((error: unknown) => {
      this.ready = undefined;
      throw error;
    });
    await this.ready;
    return undefined as never;
  }

  /**
   * @returns the answer, which may be a `Refusal`.
   * @throws {DeadlineExceeded} no answer in time; it may have been handled all the same · {BrokerUnavailable} it was
   * not sent · {QuestionFailed} the other side failed on it · {Overloaded} too many wait already.
   */
  async ask<Req extends object, Answer>(
    question: Question<Req, Answer>,
    request: Req,
    options: AskOptions,
  ): Promise<Answer> {
    const { pattern, topic } = question;
    return (await this.request({ pattern, topic }, request, options)) as Answer;
  }

  /**
   * Answers that nobody asked for in so many words: other services send them to `replyTopic` with the correlation id.
   *
   * @returns stops expecting; call it in any case.
   */
  expect<T>(correlationId: string, onReply: (answer: T) => void): () => void {
    return this.answers.expect(correlationId, onReply as (answer: unknown) => void);
  }

  override async close(): Promise<void> {
    this.stopping.abort();
    this.answers.failAll(new DeadlineExceeded('This process stops and waits for no more answers'));
    const { group } = this;
    this.group = undefined;
    KafkaHealth.of(this.kafka.instance).forget('questions');
    if (group) {
      await group.stop();
      await this.admin
        .deleteTopics([this.replyTopic])
        .catch((error: unknown) => this.logger.debug(`${this.replyTopic} stays: ${messageOf(error)}`));
    }
    await this.admin.close();
  }

  protected override publish(packet: ReadPacket, callback: (packet: WritePacket) => void): () => void {
    const pattern = String(packet.pattern);
    const topic = pattern.split('/')[0]!;
    this.request({ pattern, topic }, packet.data as object, { key: pattern }).then(
      (response) => callback({ response, isDisposed: true }),
      (err: unknown) => callback({ err }),
    );
    return () => undefined;
  }

  protected override dispatchEvent(packet: OutgoingEvent): Promise<never> {
    return Promise.reject(
      new Error(`Send ${String(packet.pattern)} with the Producer: it says whether it was sent`),
    );
  }

  private async listen(): Promise<void> {
    const { kafka, stopping } = this;
    await untilItWorks(() => this.admin.ensureReplyTopic(kafka.instance), {
      what: `the broker at ${kafka.brokers.join(', ')}, to make the topic ${this.replyTopic}`,
      logger: this.logger,
      signal: stopping.signal,
    });
    this.group = new GroupConsumer({
      kafka,
      groupId: `${kafka.service}-replies-${kafka.instance}-${randomBytes(4).toString('hex')}`,
      topics: [],
      topicsFromNow: [this.replyTopic],
      onBatch: (batch) => this.receive(batch),
      onFatal: () => process.exit(1),
      isTemporary: true,
    });
    KafkaHealth.of(kafka.instance).watch('questions', this.group.health);
    await this.group.start();
    this.isReady = true;
  }

  private async request(
    { pattern, topic }: { pattern: string; topic: string },
    request: object,
    { key, timeoutMs = QUESTION_TIMEOUT_MS }: AskOptions,
  ): Promise<unknown> {
    if (this.stopping.signal.aborted) throw new BrokerUnavailable('This process stops and asks nothing more');
    const deadline = Date.now() + timeoutMs;
    const correlationId = `${this.idPrefix}-${(this.asked++).toString(36)}`;
    const answer = this.answers.wait(correlationId, pattern, timeoutMs);
    const headers = {
      [HEADERS.correlationId]: correlationId,
      [HEADERS.replyTopic]: this.replyTopic,
      [HEADERS.question]: pattern,
      [HEADERS.deadline]: String(deadline),
    };
    const message = { topic, key, value: request, type: 'kopeck.question.v1', id: correlationId, headers };
    this.deliver(message, correlationId);
    return answer;
  }

  /** What surely wasn't sent fails at once; what may have been is waited for. */
  private deliver(message: Parameters<Producer['send']>[0][number], correlationId: string): void {
    const sent = this.isReady
      ? this.sender.send([message])
      : this.connect().then(() => this.sender.send([message]));
    sent.catch((error: unknown) => {
      if (error instanceof OutcomeUnknown) return;
      this.answers.fail(
        correlationId,
        error instanceof Error ? error : new BrokerUnavailable(messageOf(error)),
      );
    });
  }

  private receive({ position, messages, endOffset }: FetchedBatch): void {
    for (const message of messages) {
      const correlationId = headerText(message.headers?.[HEADERS.correlationId]);
      if (correlationId !== undefined && this.answers.isAwaited(correlationId))
        this.pass(correlationId, message);
    }
    position.advanceTo(endOffset);
    this.group?.touch();
  }

  private pass(correlationId: string, { headers, value }: KafkaMessage): void {
    const failure = headerText(headers?.[HEADERS.error]);
    try {
      if (failure) this.answers.fail(correlationId, new QuestionFailed(failure));
      else this.answers.answer(correlationId, JSON.parse(value?.toString() ?? 'null'));
    } catch (error) {
      this.answers.fail(correlationId, new QuestionFailed(`The answer can't be read: ${messageOf(error)}`));
      this.logger.error(error);
    }
  }
}
