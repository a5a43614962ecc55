import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
// @ts-expect-error kafkajs has no types for its internals
import Cluster from 'kafkajs/src/cluster/index.js';
import type { FetchedBatch } from './fetched-batch.js';
import { eventually } from '../testing/eventually.js';
import { TemporaryKafka } from '../testing/temporary-kafka.js';
import { GroupConsumer } from './group-consumer.js';

jest.setTimeout(60_000);

describe('a member of a consumer group', () => {
  const kafka = new TemporaryKafka();
  const quiet = [
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined),
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined),
  ];

  afterAll(async () => {
    await kafka.close();
    for (const spy of quiet) spy.mockRestore();
  }, 60_000);

  function consumerOf(
    topic: string,
    onBatch: (batch: FetchedBatch) => void,
    onFatal = jest.fn(),
    restMs = 0,
  ): GroupConsumer {
    // A group of its own: all members of a group have the same topics.
    const options = kafka.options(topic.split('.')[1]!);
    const consumer = new GroupConsumer({
      kafka: options,
      groupId: options.service,
      topics: [topic],
      onBatch,
      onFatal,
      restMs,
    });
    kafka.closeLater(() => consumer.stop());
    return consumer;
  }

  it('goes on after an error by a name that stops kafkajs for good, and loses nothing', async () => {
    const topic = await kafka.topic('type-error', { partitions: 1 });
    const seen: string[] = [];
    let failures = 0;
    const onFatal = jest.fn();
    const consumer = consumerOf(
      topic,
      ({ messages }) => {
        if (failures++ === 0) throw new TypeError('undefined is not a function');
        seen.push(...messages.map(({ value }) => String(value)));
      },
      onFatal,
    );
    await consumer.start();
    await kafka.produce(topic, [{ key: 'a', value: 'one' }]);
    await eventually(() => failures > 0);
    await kafka.produce(topic, [{ key: 'a', value: 'two' }]);
    await eventually(() => seen.includes('two'), 30_000);
    expect(onFatal).not.toHaveBeenCalled();
  });

  it('waits for topics that are not there yet, and says for which', async () => {
    const name = `${kafka.id}.late`;
    const seen: string[] = [];
    const consumer = consumerOf(name, ({ messages }) =>
      seen.push(...messages.map(({ value }) => String(value))),
    );
    const started = consumer.start();
    await eventually(() =>
      quiet[0]!.mock.calls.some(([line]) => String(line).includes(`the topics ${name}`)),
    );
    expect(consumer.health.problem(Date.now())).toContain('has not joined');
    await kafka.topic('late', { partitions: 1 });
    await started;
    await kafka.produce(name, [{ key: 'a', value: 'here' }]);
    await eventually(() => seen.includes('here'));
    expect(consumer.health.problem(Date.now())).toBeUndefined();
  });

  it('goes on when no coordinator is found for a while, where kafkajs gives up', async () => {
    const topic = await kafka.topic('coordinator', { partitions: 1 });
    const notFound = Object.assign(new Error('Failed to find group coordinator'), {
      name: 'KafkaJSGroupCoordinatorNotFound',
      retriable: false,
    });
    const find = jest
      .spyOn(Cluster.prototype as { findGroupCoordinator(): Promise<unknown> }, 'findGroupCoordinator')
      .mockRejectedValueOnce(notFound)
      .mockRejectedValueOnce(notFound);
    const seen: string[] = [];
    const onFatal = jest.fn();
    const consumer = consumerOf(
      topic,
      ({ messages }) => seen.push(...messages.map(({ value }) => String(value))),
      onFatal,
    );
    await consumer.start();
    find.mockRestore();
    await kafka.produce(topic, [{ key: 'a', value: 'here' }]);
    await eventually(() => seen.includes('here'));
    expect(onFatal).not.toHaveBeenCalled();
    expect(consumer.health.problem(Date.now())).toBeUndefined();
  });

  it('rests after a fetch where nobody waits: what comes meanwhile comes together, and nothing is lost', async () => {
    const topic = await kafka.topic('resting', { partitions: 1 });
    const restMs = 250;
    const seen: string[] = [];
    const arrivedAt: number[] = [];
    const consumer = consumerOf(
      topic,
      ({ messages }) => {
        arrivedAt.push(performance.now());
        seen.push(...messages.map(({ value }) => String(value)));
      },
      jest.fn(),
      restMs,
    );
    await consumer.start();
    const values = Array.from({ length: 20 }, (_, n) => `${n}`);
    for (const value of values) await kafka.produce(topic, [{ key: 'a', value }]);
    await eventually(() => seen.length === values.length);
    expect(seen).toEqual(values);
    const gapsMs = arrivedAt.slice(1).map((atMs, index) => atMs - arrivedAt[index]!);
    // A timer may come a millisecond early.
    expect(Math.min(...gapsMs)).toBeGreaterThan(restMs - 5);
  });

  it('stops at once, also while it waits for news, and complains of nothing', async () => {
    const topic = await kafka.topic('stopping', { partitions: 1 });
    const seen: string[] = [];
    const consumer = consumerOf(topic, ({ messages }) =>
      seen.push(...messages.map(({ value }) => String(value))),
    );
    await kafka.produce(topic, [{ key: 'a', value: 'here' }]);
    const kept = () =>
      process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap' || name === 'Timeout')
        .length;
    const keptBefore = kept();
    await consumer.start();
    await eventually(() => seen.includes('here'));
    for (const spy of quiet) spy.mockClear();
    const startedAt = performance.now();
    await consumer.stop();
    // A fetch waits three seconds for news.
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(quiet.flatMap((spy) => spy.mock.calls)).toEqual([]);
    await eventually(() => kept() <= keptBefore);
  });

  it('leaves its group when it stops, so that the next one need not wait for the session to end', async () => {
    const topic = await kafka.topic('handover', { partitions: 1 });
    const first = consumerOf(topic, () => undefined);
    await first.start();
    await first.stop();
    const second = consumerOf(topic, () => undefined);
    const startedAt = performance.now();
    await second.start();
    // Left behind, a member holds its partitions for the session timeout of ten seconds.
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });
});
