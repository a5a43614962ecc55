import { randomBytes } from 'node:crypto';
import { Logger } from '@nestjs/common';
import { ServerKafka } from '@nestjs/microservices';
import type { FetchedBatch } from '../consumer/fetched-batch.js';
import { GroupConsumer } from '../consumer/group-consumer.js';
import { within } from '../consumer/within.js';
import { KafkaHealth } from '../health/kafka-health.js';
import { NO_METRICS } from '../kafka-metrics.js';
import type { KafkaServerOptions } from '../kafka-server.options.js';
import { Producer } from '../producer/producer.js';
import type { ConsumerGroup } from '../topics/topic-admin.js';
import { groupTablesOf, handlerTableOf, type GroupTable, type HandlerTable } from './handler-table.js';
import { Replies } from './replies.js';
import type { TopicWorker } from './topic-worker.js';
import { createWorkers } from './workers.js';

/** Work under way gets so long to finish; what doesn't is delivered again. */
const FINISH_LIMIT_MS = 10_000;
const EXIT_FAILURE = 1;

/**
 * Nest's Kafka transport with batches: `@EventPattern` handlers get many messages at once and return what they produce,
 * `@MessagePattern` handlers answer questions, many at a time. See `batchOf` and `answers`.
 */
export class KafkaServer extends ServerKafka {
  protected override readonly logger = new Logger(KafkaServer.name);
  private readonly stopping = new AbortController();
  private readonly sender: Producer;
  private readonly replies: Replies;
  private readonly workers = new Map<string, TopicWorker>();
  private readonly watched = ['server producer'];
  private groups: readonly GroupConsumer[] = [];
  private closing: Promise<void> | undefined;

  constructor(private readonly kafka: KafkaServerOptions) {
    super({ client: { brokers: kafka.brokers, clientId: kafka.instance } });
    this.sender = new Producer(kafka, 'server');
    this.replies = new Replies(kafka);
  }

  /** Once there are any; the service's own first. */
  get consumerGroups(): readonly ConsumerGroup[] {
    return this.groups;
  }

  /** Consumes when the callback comes: the group has given this process its partitions. Waits for broker and topics. */
  override async listen(callback: (error?: unknown) => void): Promise<void> {
    try {
      await this.begin(await handlerTableOf(this.messageHandlers));
      callback();
    } catch (error) {
      callback(error);
    }
  }

  /** Finishes the batches under way, commits, leaves the group; then the answers drain. */
  override close(): Promise<void> {
    return (this.closing ??= this.end());
  }

  private async begin(table: HandlerTable): Promise<void> {
    const tables = groupTablesOf(table);
    if (tables.length === 0) {
      this.logger.warn(
        'There is nothing to consume: no controller has a @MessagePattern or an @EventPattern',
      );
      return;
    }
    if (table.batches.size > 0) await this.sender.connect();
    const health = KafkaHealth.of(this.kafka.instance);
    health.watch('server producer', { problem: () => this.sender.check() });
    this.groups = tables.map((each) => this.prepare(each, health));
    for (const [topic, worker] of this.workers) health.watch(topic, worker);
    const [first, ...others] = this.groups;
    // A broker that has just started finds its coordinators for the first group; all at once would trouble it five times.
    await first!.start();
    this.consumer = first!.consumer as never;
    if (!this.stopping.signal.aborted) await Promise.all(others.map((group) => group.start()));
  }

  /** One group: a consumer, and a worker for each of its topics. */
  private prepare(table: GroupTable, health: KafkaHealth): GroupConsumer {
    const { kafka } = this;
    const group = new GroupConsumer({
      ...this.subscriptionOf(table),
      kafka,
      onBatch: (batch) => this.dispatch(batch),
      restMs: restOf(table),
      onFatal: kafka.onFatal ?? (() => process.exit(EXIT_FAILURE)),
      isTemporary: kafka.mode === 'broadcast',
    });
    const parts = {
      kafka,
      metrics: kafka.metrics ?? NO_METRICS,
      send: this.sender,
      replies: this.replies,
      group,
      signal: this.stopping.signal,
    };
    for (const [topic, worker] of createWorkers(table, parts)) this.workers.set(topic, worker);
    health.watch(partNameOf(table.group), group.health);
    this.watched.push(partNameOf(table.group));
    return group;
  }

  private subscriptionOf({ group, batches, questions }: GroupTable) {
    const { mode, service, instance } = this.kafka;
    const name = group === undefined ? service : `${service}-${group}`;
    const topics = [...batches.keys(), ...questions.keys()];
    if (mode === 'shared') return { groupId: name, topics };
    const fromNow = topics.filter((topic) => !batches.get(topic)?.fromBeginning);
    return {
      groupId: `${name}-broadcast-${instance}-${randomBytes(4).toString('hex')}`,
      topics: topics.filter((topic) => !fromNow.includes(topic)),
      topicsFromNow: fromNow,
    };
  }

  private dispatch(batch: FetchedBatch): void {
    if (!this.stopping.signal.aborted) this.workers.get(batch.position.topic)?.accept(batch);
  }

  private async end(): Promise<void> {
    this.stopping.abort();
    const finished = Promise.all([...this.workers.values()].map((worker) => worker.stop()));
    await within(FINISH_LIMIT_MS, finished);
    await Promise.all(this.groups.map((group) => group.stop()));
    await Promise.all([this.replies.close(), this.sender.close()]);
    const health = KafkaHealth.of(this.kafka.instance);
    for (const part of [...this.watched, ...this.workers.keys()]) health.forget(part);
    this.consumer = null;
  }
}

/** Fetching rests as well where all of a group's work lingers: what would wait in this process can wait in the broker. */
function restOf({ batches, questions }: GroupTable): number {
  if (questions.size > 0) return 0;
  return Math.min(...[...batches.values()].map(({ lingerMs }) => lingerMs));
}

/** As health names it. */
function partNameOf(group: string | undefined): string {
  return group === undefined ? 'server' : `server ${group}`;
}
