import { HashingQueue, HashingQueueFull } from './hashing-queue.js';

describe('HashingQueue', () => {
  it('runs so many at once, lets so many wait and refuses the rest', async () => {
    const queue = new HashingQueue(2, 3);
    let open = (): void => undefined;
    const gate = new Promise<void>((resolve) => (open = resolve));
    let running = 0;
    let most = 0;
    const work = async (): Promise<string> => {
      running += 1;
      most = Math.max(most, running);
      await gate;
      running -= 1;
      return 'done';
    };
    const all = Promise.allSettled(Array.from({ length: 8 }, () => queue.run(work)));
    expect(queue.depth).toBe(3);
    open();
    const outcomes = await all;
    expect(outcomes.filter((outcome) => outcome.status === 'fulfilled')).toHaveLength(5);
    for (const outcome of outcomes.slice(5)) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: expect.any(HashingQueueFull) });
    }
    expect(most).toBe(2);
  });

  it('keeps the order of those who wait', async () => {
    const queue = new HashingQueue(1, 10);
    const order: number[] = [];
    await Promise.all([1, 2, 3, 4].map((n) => queue.run(async () => void order.push(n))));
    expect(order).toEqual([1, 2, 3, 4]);
  });

  it('frees the place of work that fails', async () => {
    const queue = new HashingQueue(1, 1);
    await expect(queue.run(() => Promise.reject(new Error('no memory')))).rejects.toThrow('no memory');
    await expect(queue.run(async () => 'next')).resolves.toBe('next');
    expect(queue.depth).toBe(0);
  });
});
