import 'reflect-metadata';
import { Controller, type Type } from '@nestjs/common';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { IsInt, IsString } from 'class-validator';
import { batchOf } from '../handlers/batch-of.js';
import { KafkaHealth, SESSION_TIMEOUT_MS } from '../health/kafka-health.js';
import type { KafkaServerOptions } from '../kafka-server.options.js';
import { HEADERS } from '../messages/headers.js';
import type { Outgoing } from '../messages/outgoing.js';
import type { Received } from '../messages/received.js';
import { eventually } from '../testing/eventually.js';
import { startServer } from '../testing/start-server.js';
import { TemporaryKafka } from '../testing/temporary-kafka.js';

class Item {
  @IsString() id: string;
  @IsInt() n: number;
}

const itemMessage = (n: number, key = `k${n}`) => ({ key, value: JSON.stringify({ id: `i${n}`, n }) });

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);
const sorted = (list: number[]) => [...list].sort((a, b) => a - b);

interface Handler {
  readonly controller: Type;
  readonly seen: Received<Item>[][];
  run: (batch: Received<Item>[]) => Promise<Outgoing[]> | Outgoing[];
  values(): number[];
}

/** A controller whose handler each test gives its behaviour. */
function handlerOf(topic: string, options = {}): Handler {
  const handler: Omit<Handler, 'controller'> = {
    seen: [],
    run: () => [],
    values: () => handler.seen.flat().map(({ value }) => value.n),
  };
  @Controller()
  class ItemsController {
    @EventPattern<string>(topic, Transport.KAFKA, batchOf(Item, options))
    async handle(@Payload() batch: Received<Item>[]): Promise<Outgoing[]> {
      handler.seen.push(batch);
      return handler.run(batch);
    }
  }
  return Object.assign(handler, { controller: ItemsController });
}

/** A door that stays shut until the test opens it. */
function door(): { open: () => void; opened: Promise<void> } {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { open, opened };
}

describe('batches', () => {
  const kafka = new TemporaryKafka();
  afterAll(() => kafka.close(), 60_000);

  const shared = (service: string, more: Partial<KafkaServerOptions> = {}): KafkaServerOptions => ({
    ...kafka.options(service),
    mode: 'shared',
    ...more,
  });

  it('arrive validated, with key, place and headers, merged over partitions', async () => {
    const topic = await kafka.topic('merged');
    const handler = handlerOf(topic);
    await kafka.produce(
      topic,
      numbers(300).map((n) => ({ ...itemMessage(n), headers: { [HEADERS.traceparent]: `t${n}` } })),
    );
    await startServer(kafka, handler.controller, shared('merged'));
    await eventually(() => handler.values().length === 300);
    expect(handler.seen.length).toBeLessThan(20);
    const all = handler.seen.flat();
    expect(new Set(all.map(({ partition }) => partition)).size).toBe(3);
    const one = all.find(({ value }) => value.n === 7)!;
    expect(one.value).toBeInstanceOf(Item);
    expect(one).toMatchObject({ key: 'k7', topic, headers: { traceparent: 't7' } });
    expect(sorted(handler.values())).toEqual(numbers(300));
  });

  it('are no larger than maxMessages, and at least lingerMs apart', async () => {
    const topic = await kafka.topic('bounded', { partitions: 1 });
    const handler = handlerOf(topic, { maxMessages: 10, lingerMs: 150 });
    const startedAt: number[] = [];
    handler.run = () => (startedAt.push(performance.now()), []);
    await kafka.produce(
      topic,
      numbers(40).map((n) => itemMessage(n)),
    );
    await startServer(kafka, handler.controller, shared('bounded'));
    await eventually(() => handler.values().length === 40);
    expect(Math.max(...handler.seen.map((batch) => batch.length))).toBeLessThanOrEqual(10);
    // A timer that comes late makes one gap longer and the next one shorter; together they are what was asked for.
    const meanGapMs = (startedAt.at(-1)! - startedAt[0]!) / (startedAt.length - 1);
    expect(meanGapMs).toBeGreaterThan(140);
    expect(handler.values()).toEqual(numbers(40));
  });

  it('produce with CloudEvents headers and the trace of what led to it, before their offsets advance', async () => {
    const topic = await kafka.topic('in');
    const out = await kafka.topic('out');
    const handler = handlerOf(topic);
    handler.run = (batch) =>
      batch.map(({ key, value }) => ({
        topic: out,
        key,
        value: { key: 'not the message', value: value.n },
        type: 'kopeck.test.v1',
        id: value.id,
      }));
    const options = shared('produce');
    await startServer(kafka, handler.controller, options);
    const seen = await kafka.watch(out);
    const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    await kafka.produce(topic, [{ ...itemMessage(1), headers: { traceparent } }]);
    await eventually(() => seen.length === 1);
    expect(seen[0]).toMatchObject({
      key: 'k1',
      text: '{"key":"not the message","value":1}',
      headers: {
        ce_specversion: '1.0',
        ce_id: 'i1',
        ce_type: 'kopeck.test.v1',
        ce_source: `/${options.service}`,
        'content-type': 'application/json',
        traceparent,
      },
    });
    expect(new Date(seen[0]!.headers.ce_time!).toISOString()).toBe(seen[0]!.headers.ce_time);
    await eventually(async () => (await kafka.committed(options.service, topic)) === 1);
  });

  it('send what is malformed to the dead letters, as it came, and go on', async () => {
    const topic = await kafka.topic('malformed', { partitions: 1 });
    const handler = handlerOf(topic);
    const dead = await kafka.watch(`${topic}.dlq`);
    await kafka.produce(topic, [
      itemMessage(0),
      { key: 'broken', value: '{"id":', headers: { ce_id: 'x1' } },
      itemMessage(1),
      { key: 'wrong', value: '{"id":"a","n":"1"}' },
      { key: 'empty', value: null },
      itemMessage(2),
    ]);
    const options = shared('malformed');
    await startServer(kafka, handler.controller, options);
    await eventually(() => dead.length === 3 && handler.values().length === 3);
    expect(handler.values()).toEqual([0, 1, 2]);
    expect(dead[0]).toMatchObject({
      key: 'broken',
      text: '{"id":',
      headers: {
        ce_id: 'x1',
        [HEADERS.originalTopic]: topic,
        [HEADERS.originalPartition]: '0',
        [HEADERS.originalOffset]: '1',
        [HEADERS.attempts]: '0',
        [HEADERS.failure]: expect.stringContaining('not JSON') as unknown as string,
      },
    });
    expect(dead[1]!.headers[HEADERS.failure]).toContain('n must be an integer');
    expect(dead[2]!.text).toBeNull();
    await eventually(async () => (await kafka.committed(options.service, topic)) === 6);
  });

  it('are halved until the poison message is alone; only that goes to the dead letters', async () => {
    const topic = await kafka.topic('poison', { partitions: 1 });
    const out = await kafka.topic('poison-out', { partitions: 1 });
    const handler = handlerOf(topic);
    handler.run = (batch) => {
      // An error of this name, thrown inside kafkajs, would stop the consumer for good.
      if (batch.some(({ value }) => value.n === 13)) throw new TypeError('thirteen is undefined');
      return batch.map(({ value, key }) => ({ topic: out, key, value, type: 'kopeck.test.v1' }));
    };
    const dead = await kafka.watch(`${topic}.dlq`);
    const good = await kafka.watch(out);
    await kafka.produce(
      topic,
      numbers(32).map((n) => itemMessage(n)),
    );
    const options = shared('poison');
    await startServer(kafka, handler.controller, options);
    await eventually(() => good.length >= 31 && dead.length === 1);
    expect(good.map(({ text }) => (JSON.parse(text!) as Item).n)).toEqual(
      numbers(32).filter((n) => n !== 13),
    );
    expect(dead[0]).toMatchObject({
      key: 'k13',
      headers: { [HEADERS.failure]: 'thirteen is undefined', [HEADERS.originalOffset]: '13' },
    });
    expect(Number(dead[0]!.headers[HEADERS.attempts])).toBeGreaterThan(1);
    await kafka.produce(topic, [itemMessage(50)]);
    await eventually(() => good.length === 32);
    await eventually(async () => (await kafka.committed(options.service, topic)) === 33);
  });

  it('wait a transient error out: nothing is lost, nothing goes to the dead letters, the order stays', async () => {
    const topic = await kafka.topic('transient', { partitions: 1 });
    const handler = handlerOf(topic);
    const handled: number[] = [];
    let failures = 4;
    handler.run = (batch) => {
      if (failures-- > 0) throw new Error('database is starting up');
      handled.push(...batch.map(({ value }) => value.n));
      return [];
    };
    const isTransient = (error: unknown) => (error as Error).message.includes('starting up');
    const dead = await kafka.watch(`${topic}.dlq`);
    await kafka.produce(
      topic,
      numbers(20).map((n) => itemMessage(n)),
    );
    const options = shared('transient', { isTransient });
    await startServer(kafka, handler.controller, options);
    await eventually(() => handled.length === 20);
    expect(handled).toEqual(numbers(20));
    expect(failures).toBeLessThan(0);
    await eventually(async () => (await kafka.committed(options.service, topic)) === 20);
    expect(dead).toEqual([]);
  });

  it('commit nothing before it is done', async () => {
    const topic = await kafka.topic('uncommitted', { partitions: 1 });
    const handler = handlerOf(topic, { maxMessages: 2 });
    const { open, opened } = door();
    handler.run = async (batch) => {
      if (batch.some(({ value }) => value.n >= 2)) await opened;
      return [];
    };
    const options = shared('uncommitted');
    await kafka.produce(
      topic,
      numbers(4).map((n) => itemMessage(n)),
    );
    await startServer(kafka, handler.controller, options);
    await eventually(async () => (await kafka.committed(options.service, topic)) === 2);
    expect(handler.values()).toEqual([0, 1, 2, 3]);
    open();
    await eventually(async () => (await kafka.committed(options.service, topic)) === 4);
  });

  it('of one topic do not wait for those of another', async () => {
    const [slow, quick] = [await kafka.topic('slow'), await kafka.topic('quick')];
    const { open, opened } = door();
    const seen: number[] = [];
    @Controller()
    class TwoTopicsController {
      @EventPattern<string>(slow, Transport.KAFKA, batchOf(Item))
      async slow(): Promise<Outgoing[]> {
        await opened;
        return [];
      }

      @EventPattern<string>(quick, Transport.KAFKA, batchOf(Item))
      async quick(@Payload() batch: Received<Item>[]): Promise<Outgoing[]> {
        seen.push(...batch.map(({ value }) => value.n));
        return [];
      }
    }
    await startServer(kafka, TwoTopicsController, shared('two'));
    // More than fits into memory at once: the slow topic is paused, the other goes on.
    for (let round = 0; round < 10; round++) {
      await kafka.produce(
        slow,
        numbers(1_000).map((n) => itemMessage(n)),
      );
    }
    await kafka.produce(
      quick,
      numbers(10).map((n) => itemMessage(n)),
    );
    await eventually(() => seen.length === 10);
    open();
  });

  it('stop in order: the batch under way is finished and committed, the rest is for the next process', async () => {
    const topic = await kafka.topic('stop', { partitions: 1 });
    const handler = handlerOf(topic, { maxMessages: 5 });
    const { open, opened } = door();
    handler.run = async () => {
      await opened;
      return [];
    };
    await kafka.produce(
      topic,
      numbers(10).map((n) => itemMessage(n)),
    );
    const options = shared('stop');
    const { app } = await startServer(kafka, handler.controller, options);
    await eventually(() => handler.seen.length === 1);
    const closed = app.close();
    open();
    const startedAt = performance.now();
    await closed;
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    expect(await kafka.committed(options.service, topic)).toBe(5);
    expect(handler.values()).toEqual([0, 1, 2, 3, 4]);
    const next = handlerOf(topic);
    const joiningSince = performance.now();
    await startServer(kafka, next.controller, { ...options, instance: `${options.instance}-2` });
    await eventually(() => next.values().length === 5);
    // It had left, so nobody waited for its session to end.
    expect(performance.now() - joiningSince).toBeLessThan(4_000);
    expect(next.values()).toEqual([5, 6, 7, 8, 9]);
  });

  it('survive processes that come and go: all handled, none skipped', async () => {
    const topic = await kafka.topic('rebalance', { partitions: 6 });
    const options = shared('rebalance');
    const handled = new Set<number>();
    const start = async (instance: string) => {
      const handler = handlerOf(topic, { maxMessages: 20 });
      handler.run = async (batch) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        for (const { value } of batch) handled.add(value.n);
        return [];
      };
      return startServer(kafka, handler.controller, { ...options, instance });
    };
    const first = await start('a');
    let sent = 0;
    const send = async (count: number) => {
      await kafka.produce(
        topic,
        numbers(count).map((n) => itemMessage(sent + n)),
      );
      sent += count;
    };
    await send(500);
    const second = await start('b');
    await send(500);
    await first.app.close();
    await send(500);
    await start('c');
    await second.app.close();
    await send(500);
    await eventually(() => handled.size === sent);
    await eventually(async () => (await kafka.committed(options.service, topic)) === sent);
    expect(sorted([...handled])).toEqual(numbers(2_000));
  }, 60_000);

  it('may take longer than a session: heartbeats go on and the partition stays', async () => {
    const topic = await kafka.topic('long', { partitions: 1 });
    const handler = handlerOf(topic);
    handler.run = async () => {
      await new Promise((resolve) => setTimeout(resolve, SESSION_TIMEOUT_MS + 2_000));
      return [];
    };
    const options = shared('long');
    await startServer(kafka, handler.controller, options);
    await kafka.produce(topic, [itemMessage(1)]);
    await eventually(async () => (await kafka.committed(options.service, topic)) === 1, 20_000);
    expect(handler.values()).toEqual([1]);
    expect(KafkaHealth.of(options.instance).problem).toBeUndefined();
  }, 40_000);
});
