import type { TransferRequest } from '@kopeck/contracts';
import { WaitingTransfers } from './waiting-transfers.js';

const request = (transferId: string) => ({ transferId }) as TransferRequest;
const LONG_MS = 60_000;

describe('waiting transfers', () => {
  it('settles everyone who waits for a transfer, once', async () => {
    const waiting = new WaitingTransfers(10);
    const [first, second, other] = ['a', 'a', 'b'].map((id) => waiting.add(request(id), LONG_MS)!);
    for (const each of waiting.of('a')) each.settle({ kind: 'pending' });
    for (const each of waiting.of('a')) each.settle({ kind: 'rejected', detail: 'too late' });
    expect(await first!.outcome).toEqual({ kind: 'pending' });
    expect(await second!.outcome).toEqual({ kind: 'pending' });
    for (const each of [first!, second!, other!]) waiting.remove(each);
    expect(await other!.outcome).toBeUndefined();
    expect(waiting.size).toBe(0);
    expect([...waiting.of('a')]).toEqual([]);
  });

  it('ends by itself when the time is up', async () => {
    const waiting = new WaitingTransfers(1);
    expect(await waiting.add(request('a'), 1)!.outcome).toBeUndefined();
  });

  it('takes no more than its limit, and again after somebody left', () => {
    const waiting = new WaitingTransfers(1);
    const first = waiting.add(request('a'), LONG_MS)!;
    expect(waiting.add(request('b'), LONG_MS)).toBeUndefined();
    waiting.remove(first);
    waiting.remove(first);
    expect(waiting.size).toBe(0);
    waiting.remove(waiting.add(request('b'), LONG_MS)!);
  });
});
