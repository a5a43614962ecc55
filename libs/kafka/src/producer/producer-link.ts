import { type Message, type Producer as KafkaJsProducer } from 'kafkajs';
import { createKafka, METADATA_MAX_AGE_MS, PRODUCER_RETRY } from '../connection/kafka-client.js';
import type { KafkaOptions } from '../kafka-options.js';
import { keyPartitioner } from './partitioner.js';
import { ProduceWatch } from './produce-watch.js';

/** How long the broker may wait for the replicas before it answers. */
const REPLICAS_TIMEOUT_MS = 5_000;

export interface TopicMessage {
  readonly topic: string;
  readonly message: Message;
}

/** What an outbox sends through: one connection, thrown away at the first failure and replaced by another. */
export interface ProducerLink {
  /** Produce requests that left for the broker so far. */
  readonly written: number;
  /** Resolves when all replicas that must have acknowledged. */
  sendBatch(messages: readonly TopicMessage[]): Promise<void>;
  /** Nothing leaves any more from here on, even what is still under way inside. */
  abandon(): void;
  close(): Promise<void>;
}

/**
 * @throws when no broker answers. A link isn't mended: kafkajs keeps asking for a topic that was deleted, and then
 * every refresh of its metadata fails.
 */
export async function openProducerLink(
  options: Pick<KafkaOptions, 'brokers' | 'instance'>,
  part: string,
): Promise<ProducerLink> {
  const watch = new ProduceWatch();
  const kafka = await createKafka(options, {
    part,
    retry: PRODUCER_RETRY,
    socketFactory: watch.socketFactory,
  });
  const producer = kafka.producer({
    createPartitioner: keyPartitioner,
    allowAutoTopicCreation: false,
    metadataMaxAge: METADATA_MAX_AGE_MS,
    retry: PRODUCER_RETRY,
  });
  await connectOrClose(producer);
  return new KafkaJsLink(producer, watch);
}

async function connectOrClose(producer: KafkaJsProducer): Promise<void> {
  try {
    await producer.connect();
  } catch (error) {
    await producer.disconnect().catch(() => undefined);
    throw error;
  }
}

class KafkaJsLink implements ProducerLink {
  constructor(
    private readonly producer: KafkaJsProducer,
    private readonly watch: ProduceWatch,
  ) {}

  get written(): number {
    return this.watch.written;
  }

  async sendBatch(messages: readonly TopicMessage[]): Promise<void> {
    const byTopic = new Map<string, Message[]>();
    for (const { topic, message } of messages) {
      const known = byTopic.get(topic);
      if (known) known.push(message);
      else byTopic.set(topic, [message]);
    }
    const topicMessages = [...byTopic].map(([topic, list]) => ({ topic, messages: list }));
    await this.producer.sendBatch({ acks: -1, timeout: REPLICAS_TIMEOUT_MS, topicMessages });
  }

  abandon(): void {
    this.watch.close();
    void this.close();
  }

  async close(): Promise<void> {
    await this.producer.disconnect().catch(() => undefined);
  }
}
