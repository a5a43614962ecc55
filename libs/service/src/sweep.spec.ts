import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { Sweep } from './sweep.js';

const EVERY_MS = 1_000;

describe('a sweep', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('works again and again until it is stopped', async () => {
    let turns = 0;
    const sweep = new Sweep(EVERY_MS, async () => (turns += 1), 'It is done later');
    sweep.start();
    await jest.advanceTimersByTimeAsync(3 * EVERY_MS);
    expect(turns).toBe(3);
    await sweep.stop();
    await jest.advanceTimersByTimeAsync(3 * EVERY_MS);
    expect(turns).toBe(3);
  });

  it('keeps step with the others of its process, whenever they were started', async () => {
    const turns: [string, number][] = [];
    const note = (name: string) => async () => turns.push([name, performance.now()]);
    const often = new Sweep(EVERY_MS, note('often'), 'It is done later');
    const seldom = new Sweep(2 * EVERY_MS, note('seldom'), 'It is done later');
    await jest.advanceTimersByTimeAsync(123);
    often.start();
    await jest.advanceTimersByTimeAsync(456);
    seldom.start();
    await jest.advanceTimersByTimeAsync(10 * EVERY_MS);
    await Promise.all([often.stop(), seldom.stop()]);
    const momentsOf = (wanted: string) => turns.filter(([name]) => name === wanted).map(([, atMs]) => atMs);
    expect(momentsOf('seldom').length).toBeGreaterThanOrEqual(4);
    expect(momentsOf('often')).toEqual(expect.arrayContaining(momentsOf('seldom')));
    expect(momentsOf('often').length).toBeGreaterThanOrEqual(2 * momentsOf('seldom').length - 1);
  });

  it('never works twice at once, and stops when a turn under way has ended', async () => {
    let finish!: () => void;
    const promise = new Promise<void>((resolve) => (finish = resolve));
    let turns = 0;
    const sweep = new Sweep(EVERY_MS, () => ((turns += 1), promise), 'It is done later');
    sweep.start();
    await jest.advanceTimersByTimeAsync(3 * EVERY_MS);
    expect(turns).toBe(1);
    let hasStopped = false;
    const stopping = sweep.stop().then(() => (hasStopped = true));
    await jest.advanceTimersByTimeAsync(EVERY_MS);
    expect(hasStopped).toBe(false);
    finish();
    await stopping;
  });

  it('says what waits when a turn fails, and goes on', async () => {
    const outcomes = [new Error('no connection'), undefined];
    let turns = 0;
    const sweep = new Sweep(
      EVERY_MS,
      async () => {
        const failure = outcomes[turns++];
        if (failure) throw failure;
      },
      'Orders expire later',
    );
    sweep.start();
    await jest.advanceTimersByTimeAsync(2 * EVERY_MS);
    expect(turns).toBe(2);
    expect(Logger.prototype.warn).toHaveBeenCalledTimes(1);
    expect(Logger.prototype.warn).toHaveBeenCalledWith('Orders expire later: no connection');
    await sweep.stop();
  });

  it('takes one more turn for what is made while it works, however often that is said', async () => {
    const ends: (() => void)[] = [];
    const sweep = new Sweep(EVERY_MS, () => new Promise<void>((end) => ends.push(end)), 'It is done later');
    sweep.soon();
    expect(ends).toHaveLength(1);
    sweep.soon();
    sweep.soon();
    ends[0]!();
    await jest.advanceTimersByTimeAsync(0);
    expect(ends).toHaveLength(2);
    ends[1]!();
    await jest.advanceTimersByTimeAsync(0);
    expect(ends).toHaveLength(2);
    sweep.soon();
    expect(ends).toHaveLength(3);
    const stopping = sweep.stop();
    sweep.soon();
    ends[2]!();
    await stopping;
    expect(ends).toHaveLength(3);
  });
});
