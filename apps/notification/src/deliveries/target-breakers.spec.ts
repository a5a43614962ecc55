import { jest } from '@jest/globals';
import { delivered, failed } from '../channels/channel.js';
import { TargetBreakers } from './target-breakers.js';

describe('breakers of targets', () => {
  const limits = { breakAfter: 3, firstPauseMs: 1_000, longestPauseMs: 10_000 };
  const unwell = async () => failed('500', { isTargetAtFault: true });
  const well = async () => delivered(200);

  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('leave a target alone after some failures in a row, and no other', async () => {
    const breakers = new TargetBreakers(limits);
    for (let count = 0; count < 3; count++) await breakers.run('a', unwell);
    const attempt = jest.fn(unwell);
    expect(await breakers.run('a', attempt)).toBeUndefined();
    expect(attempt).not.toHaveBeenCalled();
    expect(breakers.openCount).toBe(1);
    expect(await breakers.run('b', well)).toMatchObject({ kind: 'delivered' });
  });

  it('try one alone after a while, and trust the target again when that went well', async () => {
    const breakers = new TargetBreakers(limits);
    for (let count = 0; count < 3; count++) await breakers.run('a', unwell);
    jest.setSystemTime(Date.now() + 11_000);
    let answer!: () => void;
    const probe = breakers.run('a', () => new Promise((resolve) => (answer = () => resolve(delivered(200)))));
    expect(await breakers.run('a', well)).toBeUndefined();
    answer();
    await probe;
    expect(await breakers.run('a', well)).toMatchObject({ kind: 'delivered' });
    expect(breakers.openCount).toBe(0);
  });

  it('take no notice of failures that say nothing of the target', async () => {
    const breakers = new TargetBreakers(limits);
    for (let count = 0; count < 10; count++) {
      expect(await breakers.run('a', async () => failed('no such mailbox', { isFinal: true }))).toBeDefined();
    }
  });
});
