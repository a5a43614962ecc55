import { Kafka } from 'kafkajs';
import { BROKERS, COMMANDS, REQUESTS } from './settings.js';

const PARTITIONS = 6;

/** Nest's client reads its replies from a topic with the name of the request's and `.reply`. */
export async function createTopics(): Promise<void> {
  const admin = new Kafka({ clientId: 'baseline-setup', brokers: BROKERS }).admin();
  await admin.connect();
  await admin.createTopics({
    waitForLeaders: true,
    topics: [REQUESTS, COMMANDS]
      .flatMap((topic) => [topic, `${topic}.reply`])
      .map((topic) => ({ topic, numPartitions: PARTITIONS, replicationFactor: 1 })),
  });
  await admin.disconnect();
}
