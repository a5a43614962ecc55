import { replyTopicOf, type Topic } from '@kopeck/contracts';
import { Logger } from '@nestjs/common';
import kafkajs, { type Admin, type ITopicConfig } from 'kafkajs';
import { createKafka, PRODUCER_RETRY } from '../connection/kafka-client.js';
import type { KafkaOptions } from '../kafka-options.js';
import { patientWithCoordinator, patientWithLeaders } from './cluster-patience.js';
import { replyTopicConfig, topicConfigs } from './topic-configs.js';
import { isUnknownTopic } from './unknown-topic.js';

export interface TopicLag {
  readonly topic: string;
  /** Messages that the group has not handled yet, all partitions together. */
  readonly lag: bigint;
}

/** Whose lag can be told. */
export interface ConsumerGroup {
  readonly groupId: string;
  /** Those of its topics that it reads from its start on, whatever came before; none unless given. */
  readonly topicsFromNow?: readonly string[];
}

/** With three replicas one broker may be away and everything goes on; with fewer there is nothing to spare. */
const SAFE_REPLICATION = 3;

/** Creates and removes topics and measures lag. Connects when first used; an error is the caller's to deal with. */
export class TopicAdmin {
  private readonly logger = new Logger(TopicAdmin.name);
  private connected: Promise<Admin> | undefined;

  constructor(private readonly options: Pick<KafkaOptions, 'brokers' | 'instance'> & Partial<KafkaOptions>) {}

  /**
   * Creates what is missing of the topics table and brings the retention of the rest in line; harmless to repeat.
   *
   * @param minInsyncReplicas how many replicas must have a message before it's acknowledged; 2 of 3 unless given.
   */
  async ensureTopics(
    replicationFactor = 1,
    minInsyncReplicas = replicationFactor >= SAFE_REPLICATION ? 2 : 1,
    topics?: readonly Topic[],
  ): Promise<void> {
    await this.ensure(topicConfigs({ replicationFactor, minInsyncReplicas }, topics));
  }

  async ensureReplyTopic(instance: string): Promise<void> {
    await this.use(async (admin) => {
      await this.create(admin, [replyTopicConfig(replyTopicOf(instance))]);
    });
  }

  /** Those that don't exist are none the worse for it, nor those that somebody else deletes at the same time. */
  async deleteTopics(names: readonly string[]): Promise<void> {
    await this.use(async (admin) => {
      const existing = new Set(await admin.listTopics());
      const topics = [...new Set(names)].filter((name) => existing.has(name));
      if (topics.length === 0) return;
      await admin.deleteTopics({ topics }).catch((error: unknown) => {
        if (!isUnknownTopic(error)) throw error;
      });
    });
  }

  /** A partition that the group has never committed counts from where the group will start: its beginning, or its end. */
  async lag({ groupId, topicsFromNow = [] }: ConsumerGroup): Promise<TopicLag[]> {
    return this.use(async (admin) => {
      const committed = await patientWithCoordinator(() => admin.fetchOffsets({ groupId }));
      return Promise.all(
        committed.map(async ({ topic, partitions }) => {
          const offsets = new Map(partitions.map(({ partition, offset }) => [partition, BigInt(offset)]));
          const ends = await admin.fetchTopicOffsets(topic);
          const lag = ends.reduce((sum, { partition, high, low }) => {
            const offset = offsets.get(partition) ?? -1n;
            const begins = topicsFromNow.includes(topic) ? high : low;
            const from = offset < 0n ? BigInt(begins) : offset;
            const start = from < BigInt(low) ? BigInt(low) : from;
            return sum + (BigInt(high) > start ? BigInt(high) - start : 0n);
          }, 0n);
          return { topic, lag };
        }),
      );
    });
  }

  async close(): Promise<void> {
    const { connected } = this;
    this.connected = undefined;
    await connected?.then((admin) => admin.disconnect()).catch(() => undefined);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.close();
  }

  private async ensure(wanted: ITopicConfig[]): Promise<void> {
    await this.use(async (admin) => {
      const existing = new Set(await admin.listTopics());
      const missing = wanted.filter(({ topic }) => !existing.has(topic));
      if (missing.length > 0) await this.create(admin, missing);
      const present = wanted.filter(({ topic }) => existing.has(topic));
      if (present.length === 0) return;
      await this.warnOfPartitions(admin, present);
      await admin.alterConfigs({
        validateOnly: false,
        resources: present.map(({ topic, configEntries = [] }) => ({
          type: kafkajs.ConfigResourceTypes.TOPIC,
          name: topic,
          configEntries: configEntries.map(({ name, value }) => ({ name, value })),
        })),
      });
    });
  }

  /** Several processes may do this at once: "exists already" is not an error of createTopics. */
  private async create(admin: Admin, topics: ITopicConfig[]): Promise<void> {
    await admin.createTopics({ topics, waitForLeaders: false });
    const names = topics.map(({ topic }) => topic);
    await patientWithLeaders(() => admin.fetchTopicMetadata({ topics: names }));
    // A leader that is named needn't serve yet. Whoever sends to some partitions that do and some that don't sends again, to all.
    await patientWithLeaders(() => Promise.all(names.map((name) => admin.fetchTopicOffsets(name))));
  }

  /** More partitions move keys to other places, which breaks their order: that's a migration, not a start. */
  private async warnOfPartitions(admin: Admin, wanted: readonly ITopicConfig[]): Promise<void> {
    const { topics } = await admin.fetchTopicMetadata({ topics: wanted.map(({ topic }) => topic) });
    const counts = new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
    for (const { topic, numPartitions } of wanted) {
      const count = counts.get(topic);
      if (count === undefined || count === numPartitions) continue;
      this.logger.warn(
        `${topic} has ${count} partitions, the table says ${numPartitions}. Keys would move: drain it first, then change it by hand.`,
      );
    }
  }

  /** A connection that failed is not used again. */
  private async use<T>(work: (admin: Admin) => Promise<T>): Promise<T> {
    const connected = (this.connected ??= this.connect());
    try {
      return await work(await connected);
    } catch (error) {
      if (this.connected === connected) await this.close();
      throw error;
    }
  }

  private async connect(): Promise<Admin> {
    const kafka = await createKafka(this.options, { part: 'admin', retry: PRODUCER_RETRY });
    const admin = kafka.admin();
    try {
      await admin.connect();
    } catch (error) {
      await admin.disconnect().catch(() => undefined);
      throw error;
    }
    return admin;
  }
}
