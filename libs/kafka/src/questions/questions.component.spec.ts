import 'reflect-metadata';
import { isRefusal, question, refusal, type Question, type Refusal } from '@kopeck/contracts';
import { Controller, type Type } from '@nestjs/common';
import { EventPattern, MessagePattern, Payload, RpcException, Transport } from '@nestjs/microservices';
import { IsInt, IsOptional, IsString } from 'class-validator';
import { firstValueFrom } from 'rxjs';
import { BrokerUnavailable } from '../errors/broker-unavailable.error.js';
import { DeadlineExceeded } from '../errors/deadline-exceeded.error.js';
import { QuestionFailed } from '../errors/question-failed.error.js';
import { answers } from '../handlers/answers.js';
import { batchOf } from '../handlers/batch-of.js';
import type { KafkaMetrics } from '../kafka-metrics.js';
import type { KafkaServerOptions } from '../kafka-server.options.js';
import { HEADERS } from '../messages/headers.js';
import type { Outgoing } from '../messages/outgoing.js';
import type { Received } from '../messages/received.js';
import { Producer } from '../producer/producer.js';
import { eventually } from '../testing/eventually.js';
import { startServer } from '../testing/start-server.js';
import { TemporaryKafka } from '../testing/temporary-kafka.js';
import { QuestionClient } from './question-client.js';

class Ask {
  @IsInt() n: number;
  @IsOptional() @IsString() how?: string;
}

interface Answer {
  readonly n: number;
}

const numbers = (count: number) => Array.from({ length: count }, (_, n) => n);

describe('questions', () => {
  const kafka = new TemporaryKafka();
  let topic: string;
  let ask: Question<Ask, Answer | Refusal | null>;
  let nobody: Question<Ask, Answer>;
  let command: Question<Ask, Answer>;
  let client: QuestionClient;
  let producer: Producer;
  let server: KafkaServerOptions;
  const outcomes: string[] = [];
  const served: number[] = [];
  let running = 0;
  let mostRunning = 0;

  const metrics: KafkaMetrics = {
    batchHandled: () => undefined,
    batchRetried: () => undefined,
    deadLettered: (_, reason) => outcomes.push(reason),
    questionAnswered: (_, outcome) => outcomes.push(outcome),
  };

  function controllerOf(): Type {
    @Controller()
    class AskedController {
      @MessagePattern(ask.pattern, Transport.KAFKA, answers(Ask, { maxConcurrent: 20 }))
      async answer(@Payload() request: Ask): Promise<Answer | Refusal | null> {
        expect(request).toBeInstanceOf(Ask);
        running++;
        mostRunning = Math.max(mostRunning, running);
        try {
          return await this.answerAs(request);
        } finally {
          running--;
        }
      }

      @MessagePattern(command.pattern, Transport.KAFKA, answers(Ask, { serveExpired: true }))
      async command({ n }: Ask): Promise<Answer> {
        served.push(n);
        return { n };
      }

      private async answerAs({ n, how }: Ask): Promise<Answer | Refusal | null> {
        if (how === 'null') return null;
        if (how === 'refuse') return refusal('not_found', 'There is none');
        if (how === 'fail') throw new TypeError('secret inside');
        if (how === 'bigint') return { n: 1n as never };
        if (how === 'rpc') throw new RpcException({ code: 'state_conflict', detail: 'Not now' });
        if (how === 'down') throw new Error('database is starting up');
        await new Promise((resolve) => setTimeout(resolve, how === 'slow' ? 2_000 : 5));
        served.push(n);
        return { n: n + 1 };
      }
    }
    return AskedController;
  }

  beforeAll(async () => {
    topic = await kafka.topic('asked', { kind: 'question' });
    ask = question(topic, 'ask', Ask);
    command = question(topic, 'command', Ask);
    nobody = question(topic, 'nobody', Ask);
    server = {
      ...kafka.options('asked'),
      mode: 'shared',
      metrics,
      isTransient: (error) => (error as Error).message.includes('starting up'),
    };
    const options = kafka.options('asking');
    producer = new Producer(options);
    client = new QuestionClient(options, producer);
    await producer.connect();
    await Promise.all([startServer(kafka, controllerOf(), server), client.connect()]);
  });

  afterAll(async () => {
    await client.close();
    await producer.close();
    await kafka.close();
  }, 60_000);

  beforeEach(() => {
    outcomes.length = 0;
    served.length = 0;
  });

  const put = (n: number, how?: string, timeoutMs?: number) =>
    client.ask(ask, { n, ...(how && { how }) }, { key: `k${n}`, timeoutMs });

  it('are answered, many at once, no more than the handler allows', async () => {
    const all = await Promise.all(numbers(500).map((n) => put(n)));
    expect(all).toEqual(numbers(500).map((n) => ({ n: n + 1 })));
    expect(mostRunning).toBeGreaterThan(5);
    expect(mostRunning).toBeLessThanOrEqual(20);
    await eventually(async () => (await kafka.committed(server.service, topic)) === 500);
  });

  it('may be answered with nothing or refused', async () => {
    expect(await put(1, 'null')).toBeNull();
    expect(await put(1, 'refuse')).toEqual(refusal('not_found', 'There is none'));
    // Counted when the broker has acknowledged the answer, which its asker may have by then.
    await eventually(() => expect(outcomes).toEqual(['answered', 'refused']));
  });

  it('that do not validate are refused, with the field at fault', async () => {
    const answer = await client.ask(ask, { n: 'x' as never }, { key: 'k' });
    expect(answer).toEqual(refusal('validation_failed', 'n must be an integer number', { pointer: '/n' }));
  });

  it('fail without telling the inside when the handler fails; the next one is answered', async () => {
    const failed = await put(1, 'fail').catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(QuestionFailed);
    expect(String(failed)).not.toContain('secret');
    await expect(put(1, 'bigint')).rejects.toBeInstanceOf(QuestionFailed);
    expect(await put(1)).toEqual({ n: 2 });
  });

  it('are refused with the code of an RpcException, and with try_later while something is down', async () => {
    expect(await put(1, 'rpc')).toEqual(refusal('state_conflict', 'Not now'));
    const later = await put(1, 'down');
    expect(isRefusal(later) && later.code).toBe('try_later');
  });

  it('that nobody answers fail at once, or at their deadline', async () => {
    await expect(client.ask(nobody, { n: 1 }, { key: 'k' })).rejects.toThrow(/nobody here answers/);
    const startedAt = performance.now();
    await expect(put(1, 'slow', 200)).rejects.toBeInstanceOf(DeadlineExceeded);
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });

  it('are dropped when expired, counted, and served all the same where the handler says so', async () => {
    const expired = { [HEADERS.deadline]: String(Date.now() - 1) };
    const value = JSON.stringify({ n: 77 });
    await kafka.produce(topic, [
      { key: 'k', value, headers: { ...expired, [HEADERS.question]: ask.pattern } },
      { key: 'k', value: '{"n":78}', headers: { ...expired, [HEADERS.question]: command.pattern } },
    ]);
    await eventually(() => outcomes.length === 2);
    expect([...outcomes].sort()).toEqual(['answered', 'expired']);
    expect(served).toEqual([78]);
  });

  it('that cannot be answered because they name no reply topic go to the dead letters', async () => {
    const dead = await kafka.watch(`${topic}.dlq`);
    await kafka.produce(topic, [{ key: 'k', value: '{' }]);
    await eventually(() => dead.length === 1);
    expect(dead[0]!.headers[HEADERS.failure]).toContain(HEADERS.question);
  });

  it('cannot make a service write into a topic that is not for replies', async () => {
    const victim = await kafka.topic('victim', { partitions: 1 });
    const seen = await kafka.watch(victim);
    const headers = {
      [HEADERS.question]: ask.pattern,
      [HEADERS.correlationId]: 'c',
      [HEADERS.replyTopic]: victim,
    };
    await kafka.produce(topic, [{ key: 'k', value: '{"n":5}', headers }]);
    await eventually(() => served.includes(5));
    await put(6);
    expect(seen).toEqual([]);
  });

  it('of others are answered while an asker is gone with its reply topic', async () => {
    const headers = {
      [HEADERS.question]: ask.pattern,
      [HEADERS.correlationId]: 'c',
      [HEADERS.replyTopic]: `replies.${kafka.id}-gone`,
    };
    await kafka.produce(
      topic,
      numbers(5).map(() => ({ key: 'k', value: '{"n":5}', headers })),
    );
    const startedAt = performance.now();
    expect(await put(1)).toEqual({ n: 2 });
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    await eventually(() => served.length === 6);
  });

  it("can be asked through Nest's own client interface as well", async () => {
    expect(await firstValueFrom(client.send(ask.pattern, { n: 1 }))).toEqual({ n: 2 });
    await expect(firstValueFrom(client.send(ask.pattern, { n: 1, how: 'fail' }))).rejects.toBeInstanceOf(
      QuestionFailed,
    );
    await expect(firstValueFrom(client.emit('anything', {}))).rejects.toThrow(/Producer/);
  });
});

describe('attempts', () => {
  const kafka = new TemporaryKafka();
  afterAll(() => kafka.close(), 60_000);

  it('are answered on the reply topic by whoever handles them, until nobody expects it', async () => {
    const topic = await kafka.topic('requests');
    @Controller()
    class RequestsController {
      @EventPattern<string>(topic, Transport.KAFKA, batchOf(null))
      async handle(@Payload() batch: Received<{ id: string }>[]): Promise<Outgoing[]> {
        return batch.map(({ value, headers, key }) => ({
          topic: headers[HEADERS.replyTopic]!,
          key,
          value: { requestId: value.id },
          type: 'kopeck.test.v1',
          headers: { [HEADERS.correlationId]: headers[HEADERS.correlationId]! },
        }));
      }
    }
    const options = kafka.options('gateway');
    const producer = new Producer(options);
    const client = new QuestionClient(options, producer);
    kafka.closeLater(() => client.close());
    kafka.closeLater(() => producer.close());
    const server = kafka.options('manager');
    await Promise.all([
      client.connect(),
      startServer(kafka, RequestsController, { ...server, mode: 'shared' }),
    ]);
    const got: unknown[] = [];
    const send = (id: string) =>
      producer.send([
        {
          topic,
          key: 'k',
          value: { id },
          type: 'kopeck.test.v1',
          headers: { [HEADERS.replyTopic]: client.replyTopic, [HEADERS.correlationId]: id },
        },
      ]);
    const stop = client.expect('r1', (answer) => got.push(answer));
    const stopOther = client.expect('r2', () => {
      throw new TypeError('a callback that fails');
    });
    await send('r2');
    await send('r1');
    await send('r1');
    await eventually(() => got.length === 2);
    expect(got).toEqual([{ requestId: 'r1' }, { requestId: 'r1' }]);
    stop();
    stopOther();
    await send('r1');
    await eventually(async () => (await kafka.committed(server.service, topic)) === 4);
    expect(got).toHaveLength(2);

    const never = question(await kafka.topic('never', { kind: 'question' }), 'never', Ask);
    const waiting = client.ask(never, { n: 1 }, { key: 'k' }).catch((error: unknown) => error);
    expect(await kafka.groupIds()).toContainEqual(expect.stringContaining(`${options.service}-replies-`));
    await client.close();
    expect(await waiting).toBeInstanceOf(DeadlineExceeded);
    await expect(client.ask(never, { n: 1 }, { key: 'k' })).rejects.toBeInstanceOf(BrokerUnavailable);
    await producer.close();
    const admin = kafka.kafka.admin();
    await admin.connect();
    const topics = await admin.listTopics();
    await admin.disconnect();
    expect(topics).not.toContain(client.replyTopic);
    expect(await kafka.groupIds()).not.toContainEqual(expect.stringContaining(`${options.service}-replies-`));
  });
});
