import { Kafka, logLevel, type ISocketFactory, type KafkaConfig, type RetryOptions } from 'kafkajs';
import type { KafkaOptions } from '../kafka-options.js';
import { kafkaJsLogs } from './kafkajs-logs.js';
import { patchKafkaJs } from './kafkajs.patches.js';
import { noDelaySocket } from './no-delay-socket.js';

/**
 * Short, capped and many: with kafkajs's defaults a consumer gave up after five attempts when one of three brokers
 * died, and came back after 11 s. Every field is given, because kafkajs takes others under NODE_ENV=test.
 */
export const CONSUMER_RETRY = {
  initialRetryTime: 100,
  maxRetryTime: 1_000,
  factor: 0.2,
  multiplier: 2,
  retries: 30,
} as const satisfies RetryOptions;

/** A producer gives up sooner: whoever sends is told and decides. Together below the 2 s that anybody waits. */
export const PRODUCER_RETRY = {
  initialRetryTime: 50,
  maxRetryTime: 500,
  factor: 0.2,
  multiplier: 2,
  retries: 4,
} as const satisfies RetryOptions;

/** How old the knowledge of leaders may get; kafkajs's default is five minutes. */
export const METADATA_MAX_AGE_MS = 30_000;

const CONNECTION_TIMEOUT_MS = 3_000;
const REQUEST_TIMEOUT_MS = 6_000;

export interface KafkaClientOptions {
  /** For logs and the broker's own metrics: `consumer`, `producer`, `admin`. */
  readonly part: string;
  readonly retry: RetryOptions;
  readonly socketFactory?: ISocketFactory;
}

/** Every connection of the library is made from here, with the same care. */
export async function createKafka(
  { brokers, instance }: Pick<KafkaOptions, 'brokers' | 'instance'>,
  client: KafkaClientOptions,
): Promise<Kafka> {
  await patchKafkaJs();
  return new Kafka(kafkaConfigOf(brokers, instance, client));
}

export function kafkaConfigOf(
  brokers: readonly string[],
  instance: string,
  { part, retry, socketFactory = noDelaySocket }: KafkaClientOptions,
): KafkaConfig {
  if (brokers.length === 0) throw new Error('KAFKA_BROKERS is empty: name at least one broker as host:port');
  return {
    brokers: [...brokers],
    clientId: `${instance}-${part}`,
    socketFactory,
    retry,
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    logLevel: logLevel.WARN,
    logCreator: kafkaJsLogs(part),
  };
}
