import type { Attempt } from './attempt.js';
import { WaitingTransfers } from './waiting-transfers.js';

const attempt = (transferId: string) => ({ transferId }) as Attempt;
const LONG_MS = 60_000;

describe('waiting transfers', () => {
  it('settles everyone who waits for a transfer, once', async () => {
    const waiting = new WaitingTransfers(10);
    const [first, second, other] = ['a', 'a', 'b'].map((id) => waiting.add(attempt(id), LONG_MS)!);
    for (const each of waiting.of('a')) each.settle({ kind: 'pending' });
    for (const each of waiting.of('a'))
      each.settle({ kind: 'rejected', code: 'quote_not_found', detail: 'too late' });
    expect(await first!.outcome).toEqual({ kind: 'pending' });
    expect(await second!.outcome).toEqual({ kind: 'pending' });
    for (const each of [first!, second!, other!]) waiting.remove(each);
    expect(await other!.outcome).toBeUndefined();
    expect(waiting.size).toBe(0);
    expect([...waiting.of('a')]).toEqual([]);
  });

  it('ends by itself when the time is up', async () => {
    const waiting = new WaitingTransfers(1);
    expect(await waiting.add(attempt('a'), 1)!.outcome).toBeUndefined();
  });

  it('takes no more than its limit, and again after somebody left', () => {
    const waiting = new WaitingTransfers(1);
    const first = waiting.add(attempt('a'), LONG_MS)!;
    expect(waiting.add(attempt('b'), LONG_MS)).toBeUndefined();
    waiting.remove(first);
    waiting.remove(first);
    expect(waiting.size).toBe(0);
    waiting.remove(waiting.add(attempt('b'), LONG_MS)!);
  });
});
