import { jest } from '@jest/globals';
import { backoffMs } from './backoff.mjs';
import { sentenceOf } from './log-line.mjs';
import { Supervisor } from './supervisor.mjs';

type Exit = { code: number | null; signal: NodeJS.Signals | null };

/** A process that ends when the test says so. */
class FakeProcess {
  end!: (exit: Exit) => void;
  exited = new Promise<Exit>((resolve) => (this.end = resolve));
  ready = false;
  constructor(private readonly words = '{"level":"fatal","msg":"out of luck"}') {}
  isReady = async () => this.ready;
  lastWords = () => this.words;
  stop = async () => this.end({ code: 0, signal: null });
  kill = async () => this.end({ code: null, signal: 'SIGKILL' });
}

describe('backoffMs', () => {
  it('doubles up to half a minute', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 1000].map(backoffMs)).toEqual([
      500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000,
    ]);
  });
});

describe('sentenceOf', () => {
  it.each([
    ['{"level":"fatal","msg":"no database"}', 'no database'],
    ['{"msg":"failed","err":{"message":"ECONNREFUSED"}}', 'failed: ECONNREFUSED'],
    ['plain words', 'plain words'],
    ['{"broken', '{"broken'],
  ])('%s', (line, sentence) => expect(sentenceOf(line)).toBe(sentence));
});

describe('Supervisor', () => {
  const started: FakeProcess[] = [];
  const said: string[] = [];
  const supervise = (words?: string) => {
    const start = () => {
      const process = new FakeProcess(words);
      started.push(process);
      return process;
    };
    const supervisor = new Supervisor({
      name: 'transaction-1',
      start,
      say: (line: string) => said.push(line),
    });
    supervisor.launch();
    return supervisor;
  };
  const crash = async (code = 1) => {
    started.at(-1)!.end({ code, signal: null });
    await jest.advanceTimersByTimeAsync(0);
  };

  beforeEach(() => {
    jest.useFakeTimers();
    started.length = said.length = 0;
  });
  afterEach(() => jest.useRealTimers());

  it('starts a crashed process again, later each time, with its last words', async () => {
    const supervisor = supervise();
    await crash();
    expect(said).toEqual([
      'transaction-1 ended with exit code 1: "out of luck". Starting it again in 0.5 s.',
    ]);
    await jest.advanceTimersByTimeAsync(499);
    expect(started).toHaveLength(1);
    await jest.advanceTimersByTimeAsync(1);
    expect(started).toHaveLength(2);
    await crash();
    expect(said.at(-1)).toContain('in 1 s');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(started).toHaveLength(3);
    await supervisor.stop();
  });

  it('quotes nothing of a process that was killed in the middle of its work', async () => {
    const supervisor = supervise('{"level":"info","msg":"transaction-1 is up"}');
    started[0]!.end({ code: null, signal: 'SIGKILL' });
    await jest.advanceTimersByTimeAsync(0);
    expect(said).toEqual(['transaction-1 was ended by SIGKILL. Starting it again in 0.5 s.']);
    await supervisor.stop();
  });

  it('says when a process is back, however often it has crashed and however long it takes', async () => {
    const supervisor = supervise();
    for (const delay of [500, 1_000, 2_000, 4_000]) {
      await crash();
      await jest.advanceTimersByTimeAsync(delay);
    }
    expect(started).toHaveLength(5);
    await jest.advanceTimersByTimeAsync(120_000);
    expect(said).not.toContain('transaction-1 is back.');
    started.at(-1)!.ready = true;
    await jest.advanceTimersByTimeAsync(1_000);
    expect(said.filter((line) => line === 'transaction-1 is back.')).toHaveLength(1);
    await supervisor.stop();
  });

  it('forgets crashes of a process that ran for a minute', async () => {
    const supervisor = supervise();
    await crash();
    await jest.advanceTimersByTimeAsync(500);
    await jest.advanceTimersByTimeAsync(60_000);
    await crash();
    expect(supervisor.crashes).toBe(1);
    expect(said.at(-1)).toContain('in 0.5 s');
    await supervisor.stop();
  });

  it('explains wrong settings instead of starting again', async () => {
    const supervisor = supervise('KAFKA_BROKERS is missing');
    await crash(78);
    await jest.advanceTimersByTimeAsync(120_000);
    expect(started).toHaveLength(1);
    expect(said[0]).toMatch(/wrong settings and is not started again.*\nKAFKA_BROKERS is missing/s);
    await expect(supervisor.untilReady(1_000)).rejects.toThrow('KAFKA_BROKERS is missing');
  });

  it('tells whoever waits for the start of wrong settings, and nobody else', async () => {
    const supervisor = supervise('KAFKA_BROKERS is missing');
    const starting = expect(supervisor.untilReady(1_000)).rejects.toThrow('KAFKA_BROKERS is missing');
    await crash(78);
    await jest.advanceTimersByTimeAsync(1_000);
    await starting;
    expect(said).toEqual([]);
  });

  it('gives up at the start of the system after three crashes', async () => {
    const supervisor = supervise();
    await crash();
    await jest.advanceTimersByTimeAsync(500);
    await crash();
    await jest.advanceTimersByTimeAsync(1_000);
    await crash();
    await expect(supervisor.untilReady(60_000)).rejects.toThrow(/ends at each start.*out of luck/s);
    await supervisor.stop();
  });

  it('starts nothing again once it is stopped', async () => {
    const supervisor = supervise();
    await crash();
    await supervisor.stop();
    await jest.advanceTimersByTimeAsync(120_000);
    expect(started).toHaveLength(1);
    supervisor.launch();
    expect(started).toHaveLength(1);
  });

  it('takes an asked-for end for no crash', async () => {
    const supervisor = supervise();
    started[0]!.ready = true;
    await supervisor.untilReady(1_000);
    await supervisor.stop();
    await jest.advanceTimersByTimeAsync(0);
    expect(said).toEqual([]);
  });
});
