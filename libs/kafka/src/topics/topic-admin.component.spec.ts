import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import kafkajs from 'kafkajs';
import { TemporaryKafka } from '../testing/temporary-kafka.js';
import { TopicAdmin } from './topic-admin.js';

describe('the topic admin', () => {
  const kafka = new TemporaryKafka();
  afterAll(() => kafka.close(), 60_000);

  async function configOf(topic: string, name: string): Promise<string | undefined> {
    const admin = kafka.kafka.admin();
    await admin.connect();
    try {
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [{ type: kafkajs.ConfigResourceTypes.TOPIC, name: topic, configNames: [name] }],
      });
      return resources[0]!.configEntries.find((entry) => entry.configName === name)?.configValue;
    } finally {
      await admin.disconnect();
    }
  }

  it('creates a topic and its dead letters, may do it again, and brings retention in line', async () => {
    const topic = await kafka.topic('kept', { retention: { hours: 1 } });
    expect(await configOf(topic, 'retention.ms')).toBe('3600000');
    await kafka.topic('kept', { retention: { hours: 2 } });
    expect(await configOf(topic, 'retention.ms')).toBe('7200000');
    expect(await configOf(`${topic}.dlq`, 'retention.ms')).toBeDefined();
  });

  it('does not add partitions behind anybody’s back, because keys would move', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const topic = await kafka.topic('fixed', { partitions: 2 });
    await kafka.topic('fixed', { partitions: 4 });
    expect(warn).toHaveBeenCalledWith(expect.stringContaining(`${topic} has 2 partitions, the table says 4`));
    warn.mockRestore();
    const admin = kafka.kafka.admin();
    await admin.connect();
    const { topics } = await admin.fetchTopicMetadata({ topics: [topic] });
    await admin.disconnect();
    expect(topics[0]!.partitions).toHaveLength(2);
  });

  it('may be asked by several processes at once', async () => {
    const others = [1, 2, 3].map(
      (n) => new TopicAdmin({ brokers: kafka.brokers, instance: `${kafka.id}-${n}` }),
    );
    const name = `${kafka.id}-shared`;
    await Promise.all(others.map((other) => other.ensureReplyTopic(name)));
    await Promise.all(others.map((other) => other.deleteTopics([`replies.${name}`, 'no.such.topic'])));
    await Promise.all(others.map((other) => other.close()));
  });

  it('counts what a group has not handled, from where it begins when it has committed nothing', async () => {
    const topic = await kafka.topic('lagging', { partitions: 2 });
    const groupId = kafka.options('lagging').service;
    await kafka.produce(
      topic,
      Array.from({ length: 10 }, (_, n) => ({ key: `k${n}`, partition: n % 2, value: '1' })),
    );
    expect(await kafka.admin.lag({ groupId })).toEqual([]);
    const admin = kafka.kafka.admin();
    await admin.connect();
    await admin.setOffsets({ groupId, topic, partitions: [{ partition: 0, offset: '3' }] });
    await admin.disconnect();
    expect(await kafka.admin.lag({ groupId })).toEqual([{ topic, lag: 7n }]);
    expect(await kafka.admin.lag({ groupId, topicsFromNow: [topic] })).toEqual([{ topic, lag: 2n }]);
  });

  it('says that no broker answers, and works when one does: a failed connection is not kept', async () => {
    const brokers = ['127.0.0.1:9'];
    const admin = new TopicAdmin({ brokers, instance: kafka.id });
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const error = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    await expect(admin.lag({ groupId: 'any' })).rejects.toThrow();
    brokers.splice(0, 1, ...kafka.brokers);
    await expect(admin.lag({ groupId: `${kafka.id}-none` })).resolves.toEqual([]);
    await admin.close();
    warn.mockRestore();
    error.mockRestore();
  });
});
