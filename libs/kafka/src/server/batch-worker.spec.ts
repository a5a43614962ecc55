import { setImmediate as endOfTurn } from 'node:timers/promises';
import { jest } from '@jest/globals';
import type { KafkaMessage } from 'kafkajs';
import { PartitionPosition } from '../consumer/partition-position.js';
import { eventually } from '../testing/eventually.js';
import { Backlog } from './backlog.js';
import type { Work } from './batch-processor.js';
import { BatchWorker, type BatchWorkerOptions } from './batch-worker.js';

const TOPIC = 'transfers.requests';
const LONGER_THAN_A_TEST_MS = 600_000;

/** A worker whose batches are only counted. */
function workerWith(options: Partial<BatchWorkerOptions>) {
  const batches: number[] = [];
  const stopping = new AbortController();
  const worker = new BatchWorker({
    topic: TOPIC,
    processor: {
      process: async (batch: readonly Work[]) => {
        batches.push(batch.length);
        return { produced: Promise.resolve() };
      },
    },
    backlog: new Backlog(TOPIC, { pause: () => undefined, resume: () => undefined }),
    maxMessages: 500,
    lingerMs: 0,
    gatherMs: 0,
    onDone: () => undefined,
    signal: stopping.signal,
    ...options,
  });
  const position = new PartitionPosition(TOPIC, 0);
  let offset = 0;
  const accept = (count: number) => {
    const messages = Array.from({ length: count }, () => ({ offset: String(offset++) }) as KafkaMessage);
    worker.accept({ position, messages, endOffset: offset });
  };
  const handled = async (count: number) => {
    const before = batches.length;
    accept(count);
    await eventually(() => expect(batches.length).toBe(before + 1));
  };
  const stop = async () => {
    stopping.abort();
    await worker.stop();
  };
  return { batches, accept, handled, stop };
}

describe('BatchWorker', () => {
  it('lets a batch that came early wait until it holds what it usually does', async () => {
    const { batches, accept, handled, stop } = workerWith({ gatherMs: LONGER_THAN_A_TEST_MS });
    for (let round = 0; round < 20; round++) await handled(20);
    accept(3);
    await endOfTurn();
    await endOfTurn();
    accept(17);
    await eventually(() => expect(batches.slice(20)).toEqual([20]));
    await stop();
  });

  it('lets nothing wait that comes now and then', async () => {
    const { batches, handled, stop } = workerWith({ gatherMs: LONGER_THAN_A_TEST_MS });
    for (let round = 0; round < 20; round++) await handled(1 + (round % 3));
    expect(batches).toHaveLength(20);
    await stop();
  });

  it('begins a batch while the one before is produced, and no third one', async () => {
    const handled: number[] = [];
    const acknowledgements: (() => void)[] = [];
    const process = async (batch: readonly Work[]) => {
      handled.push(batch.length);
      return { produced: new Promise<void>((resolve) => acknowledgements.push(resolve)) };
    };
    const { accept, stop } = workerWith({ processor: { process }, maxMessages: 10 });
    accept(35);
    await eventually(() => expect(handled).toEqual([10, 10]));
    await endOfTurn();
    await endOfTurn();
    expect(handled).toEqual([10, 10]);
    acknowledgements[0]!();
    await eventually(() => expect(handled).toEqual([10, 10, 10]));
    for (const acknowledge of acknowledgements) acknowledge();
    await eventually(() => expect(handled).toEqual([10, 10, 10, 5]));
    acknowledgements[3]!();
    await stop();
  });

  it('stops when what was handled is produced too', async () => {
    let acknowledge!: () => void;
    const produced = new Promise<void>((resolve) => (acknowledge = resolve));
    const process = jest.fn(async () => ({ produced }));
    const done: string[] = [];
    const { accept, stop } = workerWith({ processor: { process }, onDone: () => done.push('offsets') });
    accept(3);
    await eventually(() => expect(process).toHaveBeenCalled());
    const stopped = stop().then(() => done.push('stopped'));
    await endOfTurn();
    acknowledge();
    await stopped;
    expect(done).toEqual(['offsets', 'stopped']);
  });

  it('stops in the middle of waiting, and what waited stays undone', async () => {
    const { batches, accept, handled, stop } = workerWith({ gatherMs: LONGER_THAN_A_TEST_MS });
    for (let round = 0; round < 20; round++) await handled(20);
    accept(3);
    await endOfTurn();
    await stop();
    expect(batches).toHaveLength(20);
  });
});
