import 'reflect-metadata';
import { jest } from '@jest/globals';
import { Controller } from '@nestjs/common';
import { EventPattern, MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { IsInt } from 'class-validator';
import { answers } from '../handlers/answers.js';
import { batchOf } from '../handlers/batch-of.js';
import { KafkaHealth } from '../health/kafka-health.js';
import type { KafkaServerOptions } from '../kafka-server.options.js';
import type { Outgoing } from '../messages/outgoing.js';
import type { Received } from '../messages/received.js';
import { eventually } from '../testing/eventually.js';
import { startServer } from '../testing/start-server.js';
import { TemporaryKafka } from '../testing/temporary-kafka.js';

jest.setTimeout(60_000);

class Item {
  @IsInt() n: number;
}

describe('consumer groups of one service', () => {
  const kafka = new TemporaryKafka();
  afterAll(() => kafka.close(), 60_000);

  const messages = (...list: number[]) => list.map((n) => ({ key: `k${n}`, value: JSON.stringify({ n }) }));

  /** A service whose `email` handler hangs until it's let go, and whose other handlers don't. */
  async function serviceOf(name: string) {
    const [own, slow, quick] = [
      await kafka.topic(`${name}.own`),
      await kafka.topic(`${name}.email`),
      await kafka.topic(`${name}.sms`),
    ];
    const seen: Record<string, number[]> = { own: [], email: [], sms: [] };
    let letGo!: () => void;
    const free = new Promise<void>((resolve) => (letGo = resolve));
    const note = (what: string, batch: Received<Item>[]) =>
      seen[what]!.push(...batch.map((each) => each.value.n));
    @Controller()
    class ChannelsController {
      @EventPattern<string>(own, Transport.KAFKA, batchOf(Item))
      async own(@Payload() batch: Received<Item>[]): Promise<Outgoing[]> {
        note('own', batch);
        return [];
      }

      @EventPattern<string>(slow, Transport.KAFKA, batchOf(Item, { group: 'email' }))
      async email(@Payload() batch: Received<Item>[]): Promise<Outgoing[]> {
        note('email', batch);
        await free;
        return [];
      }

      @EventPattern<string>(quick, Transport.KAFKA, batchOf(Item, { group: 'sms' }))
      async sms(@Payload() batch: Received<Item>[]): Promise<Outgoing[]> {
        note('sms', batch);
        return [];
      }

      @MessagePattern(`${own}.questions/how`, Transport.KAFKA, answers(Item))
      async how(): Promise<object> {
        return {};
      }
    }
    await kafka.topic(`${name}.own.questions`);
    const options: KafkaServerOptions = { ...kafka.options(name), mode: 'shared' };
    const started = await startServer(kafka, ChannelsController, options);
    return { own, slow, quick, seen, letGo, options, ...started };
  }

  it('a handler that hangs delays nothing of another group, and nothing is lost when it goes on', async () => {
    const { own, slow, quick, seen, letGo, options, server } = await serviceOf('hang');
    const { service } = options;
    expect(server.consumerGroups.map(({ groupId }) => groupId)).toEqual([
      service,
      `${service}-email`,
      `${service}-sms`,
    ]);
    await kafka.produce(slow, messages(1));
    await eventually(() => seen.email!.length === 1);
    await kafka.produce(own, messages(2));
    await kafka.produce(quick, messages(3));
    await eventually(async () => (await kafka.committed(service, own)) === 1);
    await eventually(async () => (await kafka.committed(`${service}-sms`, quick)) === 1);
    expect(seen).toEqual({ own: [2], email: [1], sms: [3] });
    expect(await kafka.committed(`${service}-email`, slow)).toBe(0);
    letGo();
    await kafka.produce(slow, messages(4));
    await eventually(async () => (await kafka.committed(`${service}-email`, slow)) === 2);
  });

  it('have their own lag, and leave together when the process stops', async () => {
    const { own, slow, letGo, seen, options, app } = await serviceOf('leave');
    const { service, instance } = options;
    await kafka.produce(own, messages(0));
    await eventually(async () => (await kafka.committed(service, own)) === 1);
    await kafka.produce(slow, messages(1, 2, 3));
    await eventually(() => seen.email!.length >= 1);
    const lagOf = async (group: string) =>
      (await kafka.admin.lag({ groupId: group })).reduce((sum, { lag }) => sum + Number(lag), 0);
    expect(await lagOf(service)).toBe(0);
    const health = KafkaHealth.of(instance);
    expect(health.problem).toBeUndefined();
    letGo();
    await eventually(async () => (await kafka.committed(`${service}-email`, slow)) === 3);
    expect(await lagOf(`${service}-email`)).toBe(0);
    await app.close();
    expect(health.problem).toBeUndefined();
    const admin = kafka.kafka.admin();
    await admin.connect();
    const { groups } = await admin.describeGroups([service, `${service}-email`, `${service}-sms`]);
    await admin.disconnect();
    expect(groups.map(({ members }) => members.length)).toEqual([0, 0, 0]);
  });

  it('have names that a broker takes', () => {
    expect(() => batchOf(Item, { group: 'E mail' })).toThrow('group must be a short name');
    expect(batchOf(Item)).toMatchObject({ kopeckBatch: { group: undefined } });
  });
});
