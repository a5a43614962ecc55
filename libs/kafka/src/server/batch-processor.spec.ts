import { setImmediate as endOfTurn } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { MessageHandler } from '@nestjs/microservices';
import { jest } from '@jest/globals';
import type { KafkaMessage } from 'kafkajs';
import { PartitionPosition } from '../consumer/partition-position.js';
import type { Outgoing } from '../messages/outgoing.js';
import type { Received } from '../messages/received.js';
import { eventually } from '../testing/eventually.js';
import {
  BatchProcessor,
  StoppedInTheMiddle,
  type BatchProcessorOptions,
  type Work,
} from './batch-processor.js';
import type { Undeliverable } from './dead-letters.js';

const TOPIC = 'transfers.commands';

interface Item {
  readonly n: number;
}

/** A processor whose handler answers each message with a result, and whose broker does what the test says. */
function processorWith({
  send,
  handle,
}: {
  send: (numbers: number[]) => Promise<void>;
  handle?: (numbers: number[]) => void;
}) {
  const handled: number[][] = [];
  const buried: number[] = [];
  const stopping = new AbortController();
  const position = new PartitionPosition(TOPIC, 0);
  const handler = async (batch: Received<Item>[]): Promise<Outgoing[]> => {
    const numbers = batch.map(({ value }) => value.n);
    handled.push(numbers);
    handle?.(numbers);
    return batch.map(({ value }) => ({
      topic: 'transfers.results',
      key: 'k',
      value,
      type: 'kopeck.test.v1',
    }));
  };
  const processor = new BatchProcessor({
    topic: TOPIC,
    handler: handler as unknown as MessageHandler,
    reader: { read: (bytes: Buffer) => JSON.parse(bytes.toString()) as Item } as never,
    isTransient: (error) => (error as Error).message === 'broker away',
    send: (outgoing) => send(outgoing.map(({ value }) => (value as Item).n)),
    sendDeadLetters: async () => undefined,
    deadLetters: {
      of: ({ message }: Undeliverable) => (buried.push(numberOf(message)), [{ topic: 'dlq', message }]),
    } as never,
    metrics: { batchHandled: () => undefined, batchRetried: () => undefined } as never,
    signal: stopping.signal,
  } satisfies BatchProcessorOptions);
  let offset = 0;
  const batchOf = (count: number, from = position): Work[] =>
    Array.from({ length: count }, () => {
      const n = offset++;
      const value = Buffer.from(JSON.stringify({ n }));
      return {
        position: from,
        message: { offset: String(n), key: null, value } as KafkaMessage,
        endOffset: n + 1,
      };
    });
  return { processor, handled, buried, position, stopping, batchOf };
}

function numberOf({ value }: KafkaMessage): number {
  return (JSON.parse(value!.toString()) as Item).n;
}

/** A broker that acknowledges when the test says so. */
function slowBroker() {
  const sent: number[][] = [];
  const acknowledgements: { ok: () => void; fail: (error: Error) => void }[] = [];
  const send = (numbers: number[]) => {
    sent.push(numbers);
    return new Promise<void>((ok, fail) => acknowledgements.push({ ok, fail }));
  };
  return { sent, acknowledgements, send };
}

describe('BatchProcessor', () => {
  beforeEach(() => {
    for (const level of ['warn', 'error'] as const) jest.spyOn(Logger.prototype, level).mockReturnValue();
  });
  afterEach(() => jest.restoreAllMocks());

  it('handles the next batch while the last one is produced, and produces it when that is done', async () => {
    const broker = slowBroker();
    const { processor, handled, position, batchOf } = processorWith(broker);
    const first = await processor.process(batchOf(2));
    const second = await processor.process(batchOf(3));
    expect(handled).toEqual([
      [0, 1],
      [2, 3, 4],
    ]);
    expect(broker.sent).toEqual([[0, 1]]);
    expect(position.done).toBeUndefined();
    broker.acknowledgements[0]!.ok();
    await first.produced;
    expect(position.done).toBe(2);
    expect(broker.sent).toEqual([
      [0, 1],
      [2, 3, 4],
    ]);
    broker.acknowledgements[1]!.ok();
    await second.produced;
    expect(position.done).toBe(5);
  });

  it('halves what the broker refuses for good, before the next batch is produced', async () => {
    const sent: number[][] = [];
    const send = async (numbers: number[]) => {
      if (numbers.includes(1)) throw new Error('MESSAGE_TOO_LARGE');
      sent.push(numbers);
    };
    const { processor, buried, position, batchOf } = processorWith({ send });
    const first = await processor.process(batchOf(4));
    const second = await processor.process(batchOf(2));
    await Promise.all([first.produced, second.produced]);
    expect(sent).toEqual([[0], [2, 3], [4, 5]]);
    expect(buried).toEqual([1]);
    expect(position.done).toBe(6);
  });

  it('buries what cannot be handled in its place among what is produced', async () => {
    const broker = slowBroker();
    const handle = (numbers: number[]) => {
      if (numbers.includes(3)) throw new Error('three');
    };
    const { processor, buried, position, batchOf } = processorWith({ send: broker.send, handle });
    const first = await processor.process(batchOf(2));
    const second = await processor.process(batchOf(2));
    expect(buried).toEqual([]);
    broker.acknowledgements[0]!.ok();
    await first.produced;
    broker.acknowledgements[1]!.ok();
    await second.produced;
    expect(broker.sent).toEqual([[0, 1], [2]]);
    expect(buried).toEqual([3]);
    expect(position.done).toBe(4);
  });

  it('produces nothing and advances no offset behind a batch that the stop broke off', async () => {
    const broker = slowBroker();
    const { processor, position, stopping, batchOf } = processorWith(broker);
    const [first, second] = [await processor.process(batchOf(2)), await processor.process(batchOf(2))];
    stopping.abort();
    broker.acknowledgements[0]!.fail(new Error('broker away'));
    await expect(first.produced).rejects.toThrow(StoppedInTheMiddle);
    await expect(second.produced).rejects.toThrow(StoppedInTheMiddle);
    expect(broker.sent).toEqual([[0, 1]]);
    expect(position.done).toBeUndefined();
  });

  it('ends what was handled of a batch before it says that it was broken off', async () => {
    const broker = slowBroker();
    const handle = (numbers: number[]) => {
      if (numbers.length === 4) throw new Error('too many');
      if (numbers.includes(3)) throw new Error('broker away');
    };
    const { processor, position, stopping, batchOf } = processorWith({ send: broker.send, handle });
    const broken = processor.process(batchOf(4)).catch((error: unknown) => ({ error, done: position.done }));
    await eventually(() => expect(broker.sent).toEqual([[0, 1]]));
    stopping.abort();
    await endOfTurn();
    broker.acknowledgements[0]!.ok();
    expect(await broken).toEqual({ error: expect.any(StoppedInTheMiddle), done: 2 });
  });

  it("gives up what another process owns by now, and goes on with the partitions that are still this one's", async () => {
    const broker = slowBroker();
    const { processor, position, batchOf } = processorWith(broker);
    const lost = new PartitionPosition(TOPIC, 1);
    const first = await processor.process(batchOf(2, lost));
    const second = await processor.process(batchOf(2));
    lost.isOwned = false;
    broker.acknowledgements[0]!.fail(new Error('broker away'));
    await expect(first.produced).rejects.toThrow(StoppedInTheMiddle);
    broker.acknowledgements[1]!.ok();
    await second.produced;
    expect(lost.done).toBeUndefined();
    expect(position.done).toBe(4);
  });
});
