import { randomBytes } from 'node:crypto';
import type { ServiceName, Topic } from '@kopeck/contracts';
import { Kafka, logLevel, Partitioners, type IHeaders, type Message, type Producer } from 'kafkajs';
import type { KafkaOptions } from '../kafka-options.js';
import { TopicAdmin } from '../topics/topic-admin.js';
import { eventually } from './eventually.js';

export interface SeenMessage {
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly key: string;
  readonly text: string | null;
  readonly headers: Record<string, string>;
}

/** Topics, groups and connections of one test file, with names of their own, removed in the end. */
export class TemporaryKafka {
  readonly id = `t${randomBytes(4).toString('hex')}`;
  readonly brokers: string[];
  readonly admin: TopicAdmin;
  readonly kafka: Kafka;
  private readonly topics: string[] = [];
  private readonly groups: string[] = [];
  private readonly closing: (() => Promise<unknown>)[] = [];
  private producer: Producer | undefined;

  constructor() {
    const { KAFKA_BROKERS } = process.env;
    if (!KAFKA_BROKERS)
      throw new Error('Set KAFKA_BROKERS, or run the tests with `npm test`, which starts a broker');
    this.brokers = KAFKA_BROKERS.split(',');
    this.admin = new TopicAdmin({ brokers: this.brokers, instance: this.id });
    this.kafka = new Kafka({
      clientId: this.id,
      brokers: this.brokers,
      logLevel: logLevel.NOTHING,
      retry: { retries: 10, initialRetryTime: 50, maxRetryTime: 500 },
    });
  }

  /** Options of one process of a service that no other test knows. */
  options(service: string, instance = `${service}-1`): KafkaOptions {
    const name = `${this.id}-${service}`;
    if (!this.groups.includes(name)) this.groups.push(name);
    return { brokers: this.brokers, service: name as ServiceName, instance: `${this.id}-${instance}` };
  }

  /** Creates a topic and its dead-letter topic. */
  async topic(name: string, more: Partial<Topic> = {}): Promise<string> {
    const topic: Topic = {
      name: `${this.id}.${name}`,
      kind: 'event',
      key: 'any',
      partitions: 3,
      retention: { hours: 1 },
      producedBy: [],
      consumedBy: [],
      description: '',
      ...more,
    };
    this.topics.push(topic.name, `${topic.name}.dlq`);
    await this.admin.ensureTopics(1, 1, [topic]);
    return topic.name;
  }

  async produce(topic: string, messages: readonly Message[]): Promise<void> {
    this.producer ??= await this.connectProducer();
    await this.producer.send({ topic, acks: -1, messages: [...messages] });
  }

  /** All that is on a topic and all that comes, in a list that grows. */
  async watch(topic: string): Promise<SeenMessage[]> {
    const seen: SeenMessage[] = [];
    const groupId = `${this.id}-watch-${randomBytes(4).toString('hex')}`;
    const consumer = this.kafka.consumer({ groupId, maxWaitTimeInMs: 100, allowAutoTopicCreation: false });
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachMessage: async ({ topic: from, partition, message }) => {
        seen.push({
          topic: from,
          partition,
          offset: message.offset,
          key: message.key?.toString() ?? '',
          text: message.value?.toString() ?? null,
          headers: textsOf(message.headers ?? {}),
        });
      },
    });
    this.closing.push(() => consumer.disconnect());
    return seen;
  }

  /** Committed offsets of a group, summed over a topic's partitions. */
  async committed(groupId: string, topic: string): Promise<number> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      const [offsets] = await admin.fetchOffsets({ groupId, topics: [topic] });
      return offsets!.partitions.reduce((sum, { offset }) => sum + Math.max(Number(offset), 0), 0);
    } finally {
      await admin.disconnect();
    }
  }

  async groupIds(): Promise<string[]> {
    const admin = this.kafka.admin();
    await admin.connect();
    try {
      return (await admin.listGroups()).groups.map(({ groupId }) => groupId);
    } finally {
      await admin.disconnect();
    }
  }

  /** To be closed before the topics go. */
  closeLater(close: () => Promise<unknown>): void {
    this.closing.push(close);
  }

  async close(): Promise<void> {
    await Promise.all(this.closing.map((close) => close().catch(() => undefined)));
    await this.producer?.disconnect();
    const admin = this.kafka.admin();
    await admin.connect();
    const left = (await admin.listGroups()).groups.map(({ groupId }) => groupId);
    const own = left.filter((groupId) => groupId.startsWith(this.id));
    await eventually(() => admin.deleteGroups(own), 5_000).catch(() => undefined);
    await admin.disconnect();
    const replies = [`replies.${this.id}`];
    await this.admin.deleteTopics([...this.topics, ...replies]);
    await this.admin.close();
  }

  private async connectProducer(): Promise<Producer> {
    const producer = this.kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    await producer.connect();
    return producer;
  }
}

function textsOf(headers: IHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
