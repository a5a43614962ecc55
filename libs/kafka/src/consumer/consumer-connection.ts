import type { Consumer, Kafka } from 'kafkajs';
import { CONSUMER_RETRY, createKafka, METADATA_MAX_AGE_MS } from '../connection/kafka-client.js';
import { HEARTBEAT_INTERVAL_MS, SESSION_TIMEOUT_MS } from '../health/kafka-health.js';
import type { KafkaOptions } from '../kafka-options.js';
import { FetchWatch } from './fetch-watch.js';

/**
 * A fetch returns at once when there is data. Without, kafkajs looks between two fetches whether a heartbeat is due, so this is how
 * late a member may learn that others have joined or left.
 */
export const MAX_WAIT_MS = HEARTBEAT_INTERVAL_MS + 50;
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
  /** Leaves the group and disconnects, without waiting for the fetch under way. */
  close(): Promise<void>;
}

/** @throws when the broker or a topic isn't there; nothing is left open. */
export async function openConsumer(
  options: Pick<KafkaOptions, 'brokers' | 'instance'>,
  { groupId, topics, topicsFromNow = [] }: Subscription,
): Promise<ConsumerConnection> {
  const watch = new FetchWatch();
  const kafka = await createKafka(options, {
    part: 'consumer',
    retry: CONSUMER_RETRY,
    socketFactory: watch.socketFactory,
  });
  const close = () => {
    const disconnected = consumer.disconnect();
    watch.endFetches();
    return disconnected;
  };
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
    return { consumer, startOffsets: await endsOf(kafka, topicsFromNow), close };
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
