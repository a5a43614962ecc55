import { Kafka, logLevel, Partitioners, type Consumer, type KafkaMessage, type Producer } from 'kafkajs';
import { eventually } from './eventually.js';

/** A message as no service of ours would write it, or as the broker has it. */
export interface RawMessage {
  readonly key: string;
  readonly value: Buffer | string | null;
  readonly headers?: Record<string, string>;
}

export interface SeenMessage {
  readonly topic: string;
  readonly key: string | undefined;
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

/** Kafka without our library: to write what it would refuse to write, and to see what is on a topic. */
export class RawKafka {
  private readonly kafka: Kafka;
  private readonly producer: Producer;
  private readonly consumers: Consumer[] = [];

  private constructor(brokers: string[]) {
    this.kafka = new Kafka({
      clientId: 'raw-test',
      brokers,
      logLevel: logLevel.NOTHING,
      retry: { retries: 5, initialRetryTime: 100, maxRetryTime: 1_000 },
    });
    this.producer = this.kafka.producer({
      allowAutoTopicCreation: false,
      createPartitioner: Partitioners.DefaultPartitioner,
    });
  }

  static async connect(brokers: string[]): Promise<RawKafka> {
    const raw = new RawKafka(brokers);
    await raw.producer.connect();
    return raw;
  }

  async produce(topic: string, messages: RawMessage[]): Promise<void> {
    const withBuffers = messages.map((message) => ({
      ...message,
      value: typeof message.value === 'string' ? Buffer.from(message.value) : message.value,
    }));
    await this.producer.send({ topic, acks: -1, messages: withBuffers });
  }

  /** Everything that arrives on a topic from now on, in a list that grows. */
  async watch(topic: string): Promise<SeenMessage[]> {
    const seen: SeenMessage[] = [];
    const groupId = `raw-test-${process.pid}-${Date.now()}-${this.consumers.length}`;
    const consumer = this.kafka.consumer({ groupId, allowAutoTopicCreation: false, maxWaitTimeInMs: 200 });
    this.consumers.push(consumer);
    let isFetching = false;
    consumer.on(consumer.events.FETCH, () => (isFetching = true));
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachMessage: async ({ message }) => void seen.push(seenOf(topic, message)),
    });
    await eventually(() => {
      if (!isFetching) throw new Error(`the watcher of ${topic} has not joined its group`);
    });
    return seen;
  }

  async close(): Promise<void> {
    await Promise.all([this.producer, ...this.consumers].map((client) => client.disconnect()));
    const admin = this.kafka.admin();
    await admin.connect();
    await admin.disconnect();
  }
}

function seenOf(topic: string, { key, value, headers }: KafkaMessage): SeenMessage {
  const names = Object.entries(headers ?? {}).map(([name, text]) => [name, String(text)] as const);
  return { topic, key: key?.toString(), value, headers: Object.fromEntries(names) };
}
