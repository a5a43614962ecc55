import type { Consumer, Kafka } from 'kafkajs';
import { CONSUMER_RETRY, createKafka, METADATA_MAX_AGE_MS } from '../connection/kafka-client.js';
import { HEARTBEAT_INTERVAL_MS, SESSION_TIMEOUT_MS } from '../health/kafka-health.js';
import type { KafkaOptions } from '../kafka-options.js';

/** A fetch returns at once when there is data; without, this is how long a stop may have to wait for it. */
export const MAX_WAIT_MS = 2_000;
const REBALANCE_TIMEOUT_MS = 15_000;

export interface Subscription {
  readonly groupId: string;
  /** Read from the beginning, or from the group's offset where it has one. */
  readonly topics: readonly string[];
  /** Read only what comes from now on; what has been committed doesn't count. */
  readonly topicsFromNow?: readonly string[];
}

export interface ConsumerConnection {
  readonly consumer: Consumer;
  /** By topic and partition: where the topics that are read from now on begin. */
  readonly startOffsets: ReadonlyMap<string, ReadonlyMap<number, number>>;
}

/** @throws when the broker or a topic isn't there; nothing is left open. */
export async function openConsumer(
  options: Pick<KafkaOptions, 'brokers' | 'instance'>,
  { groupId, topics, topicsFromNow = [] }: Subscription,
): Promise<ConsumerConnection> {
  const kafka = await createKafka(options, { part: 'consumer', retry: CONSUMER_RETRY });
  const consumer = kafka.consumer({
    groupId,
    allowAutoTopicCreation: false,
    sessionTimeout: SESSION_TIMEOUT_MS,
    heartbeatInterval: HEARTBEAT_INTERVAL_MS,
    rebalanceTimeout: REBALANCE_TIMEOUT_MS,
    metadataMaxAge: METADATA_MAX_AGE_MS,
    maxWaitTimeInMs: MAX_WAIT_MS,
    retry: CONSUMER_RETRY,
  });
  try {
    await consumer.connect();
    await consumer.subscribe({ topics: [...topics, ...topicsFromNow], fromBeginning: true });
    return { consumer, startOffsets: await endsOf(kafka, topicsFromNow) };
  } catch (error) {
    await consumer.disconnect().catch(() => undefined);
    throw error;
  }
}

async function endsOf(
  kafka: Kafka,
  topics: readonly string[],
): Promise<Map<string, ReadonlyMap<number, number>>> {
  const ends = new Map<string, ReadonlyMap<number, number>>();
  if (topics.length === 0) return ends;
  const admin = kafka.admin();
  try {
    await admin.connect();
    for (const topic of topics) {
      const offsets = await admin.fetchTopicOffsets(topic);
      ends.set(topic, new Map(offsets.map(({ partition, high }) => [partition, Number(high)])));
    }
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
  return ends;
}

/** Groups of a single process have no use after it. */
export async function deleteGroup(
  options: Pick<KafkaOptions, 'brokers' | 'instance'>,
  groupId: string,
): Promise<void> {
  const kafka = await createKafka(options, { part: 'admin', retry: { ...CONSUMER_RETRY, retries: 2 } });
  const admin = kafka.admin();
  try {
    await admin.connect();
    await admin.deleteGroups([groupId]);
  } finally {
    await admin.disconnect().catch(() => undefined);
  }
}
