import { setTimeout as delay } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Consumer, EachBatchPayload, OffsetsByTopicPartition } from 'kafkajs';
import { messageOf, untilItWorks } from '../connection/patience.js';
import { ConsumerHealth } from '../health/consumer-health.js';
import type { KafkaOptions } from '../kafka-options.js';
import { Assignment, type MemberAssignment } from './assignment.js';
import {
  deleteGroup,
  openConsumer,
  type ConsumerConnection,
  type Subscription,
} from './consumer-connection.js';
import type { FetchedBatch } from './fetched-batch.js';
import { takeIn } from './incoming.js';
import { OffsetCommitter } from './offset-committer.js';
import { isUnknownTopic } from '../topics/unknown-topic.js';
import { within } from './within.js';

export interface GroupConsumerOptions extends Subscription {
  readonly kafka: Pick<KafkaOptions, 'brokers' | 'instance'>;
  /** Takes a batch in; must return at once. Work is bounded by pausing topics, never by holding the fetch back. */
  readonly onBatch: (batch: FetchedBatch) => void;
  /** The consumer can't go on; the process should end. */
  readonly onFatal: (reason: Error) => void;
  /** Nobody waits for what is read: the next fetch begins so long after one that brought something. 0 unless given. */
  readonly restMs?: number;
  /** The group is only this process's: deleted when it stops on purpose. */
  readonly isTemporary?: boolean;
}

const PARTITIONS_AT_ONCE = 64;
/** What kafkajs gives up at, and what passes: a broker that starts, stops or is very slow finds no coordinator for a while. */
const PASSES = new Set(['KafkaJSGroupCoordinatorNotFound']);
const STOP_LIMIT_MS = 5_000;
const COMMIT_LIMIT_MS = 2_000;

/**
 * A member of a consumer group. kafkajs hands batches over and goes on fetching and sending heartbeats at once, however
 * long the work takes; offsets are committed lazily, behind what is done.
 */
export class GroupConsumer {
  readonly health: ConsumerHealth;
  private readonly logger = new Logger('KafkaConsumer');
  private readonly assignment: Assignment;
  private readonly committer: OffsetCommitter;
  private readonly stopping = new AbortController();
  private readonly paused = new Set<string>();
  private connection: ConsumerConnection | undefined;
  private onFatalCrash: (error: Error) => void = () => undefined;
  private commitNow: ((offsets: OffsetsByTopicPartition) => Promise<void>) | undefined;

  constructor(private readonly options: GroupConsumerOptions) {
    this.health = new ConsumerHealth(options.groupId);
    this.assignment = new Assignment(options.isTemporary);
    this.committer = new OffsetCommitter(
      () => this.assignment.all(),
      (offsets) => this.commit(offsets),
      (error) => this.logger.debug(`Offsets of ${options.groupId} not committed yet: ${messageOf(error)}`),
    );
  }

  get groupId(): string {
    return this.options.groupId;
  }

  get topicsFromNow(): readonly string[] {
    return this.options.topicsFromNow ?? [];
  }

  /** kafkajs's consumer, for what Nest shows of it. */
  get consumer(): Consumer | undefined {
    return this.connection?.consumer;
  }

  /** Resolves when the group has given this process its partitions; waits for broker and topics, saying so. */
  async start(): Promise<void> {
    const { kafka, topics, topicsFromNow = [] } = this.options;
    this.connection = await untilItWorks(() => openConsumer(kafka, this.options), {
      what: (error) =>
        isUnknownTopic(error)
          ? `the topics ${[...topics, ...topicsFromNow].join(', ')}: create them with TopicAdmin.ensureTopics`
          : `the broker at ${kafka.brokers.join(', ')}, to read ${[...topics, ...topicsFromNow].join(', ')}`,
      logger: this.logger,
      signal: this.stopping.signal,
    });
    const { consumer } = this.connection;
    const joined = this.listen(consumer);
    joined.catch(() => undefined);
    await this.run(consumer);
    await joined;
  }

  /** Offsets of done work have moved. */
  touch(): void {
    this.committer.touch();
  }

  pause(topic: string): void {
    this.paused.add(topic);
    this.quietly(() => this.consumer?.pause([{ topic }]));
  }

  resume(topic: string): void {
    this.paused.delete(topic);
    this.quietly(() => this.consumer?.resume([{ topic }]));
  }

  /** Commits what is done and leaves the group, so that others take the partitions over at once. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await within(COMMIT_LIMIT_MS, this.committer.flush());
    this.committer.stop();
    if (!this.connection) return;
    await within(STOP_LIMIT_MS, this.connection.close());
    this.health.hasLeft('stopped');
    if (!this.options.isTemporary) return;
    const { kafka, groupId } = this.options;
    await within(STOP_LIMIT_MS, deleteGroup(kafka, groupId)).catch((error: unknown) =>
      this.logger.debug(`The group ${groupId} stays: ${messageOf(error)}`),
    );
  }

  private async run(consumer: Consumer): Promise<void> {
    await consumer.run({
      autoCommit: false,
      partitionsConsumedConcurrently: PARTITIONS_AT_ONCE,
      // kafkajs fetches again when all batches of a fetch have been given back.
      eachBatch: async (payload) => {
        this.handOver(payload);
        await this.rest();
      },
    });
  }

  /** A message that comes alone is handled at once; many that come one after another share a fetch. */
  private async rest(): Promise<void> {
    const { restMs = 0 } = this.options;
    const { signal } = this.stopping;
    if (restMs > 0) await delay(restMs, undefined, { signal }).catch(() => undefined);
  }

  /** After a crash that kafkajs doesn't recover from, though its cause passes; it has disconnected by then. */
  private async runAgain(consumer: Consumer): Promise<void> {
    const attempt = async () => {
      await consumer.connect();
      await this.run(consumer);
    };
    const { logger } = this;
    const { signal } = this.stopping;
    const what = `the coordinator of ${this.options.groupId}`;
    await untilItWorks(attempt, { what, logger, signal });
  }

  /** @returns resolves with the first assignment. */
  private listen(consumer: Consumer): Promise<void> {
    const { events } = consumer;
    const on = <E>(name: string, listener: (payload: E) => void) =>
      // A listener that throws would throw inside kafkajs; a TypeError there stops the consumer for good.
      consumer.on(
        name as never,
        ((event: { payload: E }) => this.quietly(() => listener(event.payload))) as never,
      );
    on(events.HEARTBEAT, () => this.health.heard());
    on(events.FETCH, () => this.health.heard());
    // The generation that ends still takes commits, so what is done by now isn't delivered again.
    on(events.REBALANCING, () => void this.committer.flush());
    on<{ error: Error; restart: boolean }>(events.CRASH, ({ error, restart }) =>
      this.crashed(consumer, error, restart),
    );
    return new Promise((resolve, reject) => {
      this.onFatalCrash = reject;
      on<{ memberAssignment: MemberAssignment }>(events.GROUP_JOIN, ({ memberAssignment }) => {
        this.assigned(consumer, memberAssignment);
        resolve();
      });
    });
  }

  private assigned(consumer: Consumer, assigned: MemberAssignment): void {
    const { kept, added } = this.assignment.replace(assigned);
    for (const position of added) {
      const startOffset = this.connection?.startOffsets.get(position.topic)?.get(position.partition);
      if (startOffset !== undefined && position.received === undefined) position.startAt(startOffset);
    }
    for (const { topic, partition, received } of [...kept, ...added]) {
      // kafkajs goes back to the committed offset; what was taken in since is still here and goes on.
      if (received !== undefined) consumer.seek({ topic, partition, offset: String(received) });
    }
    for (const topic of this.paused) consumer.pause([{ topic }]);
    this.commitNow = undefined;
    this.health.hasJoined();
    this.committer.touch();
  }

  /** An error that leaves here by one of four names (TypeError is one) would stop the consumer for good. */
  private handOver(payload: EachBatchPayload): void {
    try {
      this.take(payload);
    } catch (error) {
      throw new Error(`A batch of ${payload.batch.topic} could not be taken in: ${messageOf(error)}`, {
        cause: error,
      });
    }
  }

  private take({ batch, commitOffsetsIfNecessary }: EachBatchPayload): void {
    this.commitNow = commitOffsetsIfNecessary as (offsets: OffsetsByTopicPartition) => Promise<void>;
    if (this.stopping.signal.aborted) return;
    const position = this.assignment.find(batch.topic, batch.partition);
    const fetched = position && takeIn(position, batch);
    if (fetched) this.options.onBatch(fetched);
  }

  /** One attempt. kafkajs's own commit tries again and again, into the next generation, with offsets of the last. */
  private async commit(offsets: OffsetsByTopicPartition): Promise<void> {
    if (this.commitNow) return this.commitNow(offsets);
    await this.consumer?.commitOffsets(
      offsets.topics.flatMap(({ topic, partitions }) => partitions.map((each) => ({ topic, ...each }))),
    );
  }

  private crashed(consumer: Consumer, error: Error, restart: boolean): void {
    this.health.hasLeft(`it crashed: ${messageOf(error)}`);
    this.commitNow = undefined;
    if (this.stopping.signal.aborted) return;
    const passes = PASSES.has(error.name);
    if (restart || passes) {
      this.logger.warn(`The consumer of ${this.options.groupId} starts again after: ${messageOf(error)}`);
      if (!restart) this.runAgain(consumer).catch((failure: Error) => this.giveUp(failure));
      return;
    }
    this.giveUp(error);
  }

  private giveUp(error: Error): void {
    if (this.stopping.signal.aborted) return;
    this.logger.fatal(`The consumer of ${this.options.groupId} can't go on: ${messageOf(error)}`);
    this.onFatalCrash(error);
    this.options.onFatal(error);
  }

  private quietly(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.logger.error(error);
    }
  }
}
