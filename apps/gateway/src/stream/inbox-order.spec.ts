import fc from 'fast-check';
import { InboxOrder, ordinalOf } from './inbox-order.js';

const upTo = (size: number) => Array.from({ length: size }, (_, index) => BigInt(index + 1));

describe('Last-Event-ID', () => {
  it('is an ordinal, or nothing at all', () => {
    expect(['0', '17', '999999999999999999'].map(ordinalOf)).toEqual([0n, 17n, 999_999_999_999_999_999n]);
    for (const text of [undefined, '', '-1', '1.5', '1e3', ' 1', '1'.repeat(19), 'x']) {
      expect(ordinalOf(text)).toBeUndefined();
    }
  });
});

describe('the order of an inbox on one connection', () => {
  it('begins with what comes first, and lets nothing through twice', () => {
    const order = new InboxOrder(undefined);
    expect([7n, 7n, 8n, 6n, 9n].map((ordinal) => order.live(ordinal))).toEqual([
      'send',
      'drop',
      'send',
      'drop',
      'send',
    ]);
    expect(order.isBehind).toBe(false);
  });

  it('asks for what is missing in between, and for what came meanwhile', () => {
    const order = new InboxOrder(undefined);
    order.live(1n);
    expect(order.live(3n)).toBe('wait');
    expect(order.ask()).toBe(1n);
    expect(order.live(4n)).toBe('wait');
    expect([...order.replayed([2n, 3n], 3n)]).toEqual([2n, 3n]);
    expect(order.isBehind).toBe(true);
    expect(order.ask()).toBe(3n);
    expect([...order.replayed([4n], 4n)]).toEqual([4n]);
    expect(order.isBehind).toBe(false);
    expect(order.live(5n)).toBe('send');
  });

  it('goes on after what the inbox itself has not got', () => {
    const order = new InboxOrder(2n);
    expect(order.isBehind).toBe(true);
    order.ask();
    expect([...order.replayed([5n], 9n)]).toEqual([5n]);
    order.ask();
    expect([...order.replayed([], 9n)]).toEqual([]);
    expect(order.isBehind).toBe(false);
    expect(order.live(10n)).toBe('send');
  });

  it('follows the inbox that is there, whatever a client says to have seen', () => {
    const order = new InboxOrder(1_000n);
    order.ask();
    expect(order.live(11n)).toBe('wait');
    expect([...order.replayed([], 10n)]).toEqual([]);
    expect(order.ask()).toBe(10n);
    expect([...order.replayed([11n], 11n)]).toEqual([11n]);
    expect(order.live(12n)).toBe('send');
  });

  /** Pushes that are lost, doubled, late and out of order; replays in parts, at any moment. */
  it('is rising and gapless and ends complete, whatever happens to the pushes', () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('push' as const), at: fc.nat(30) }) },
      {
        weight: 2,
        arbitrary: fc.record({ kind: fc.constant('replay' as const), at: fc.integer({ min: 1, max: 5 }) }),
      },
    );
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 80 }),
        fc.option(fc.nat(5), { nil: undefined }),
        (steps, seen) => {
          const order = new InboxOrder(seen === undefined ? undefined : BigInt(seen));
          const sent: bigint[] = [];
          let size = 5;
          const replay = (limit: number, during?: () => void) => {
            const after = order.ask();
            const data = upTo(size).filter((ordinal) => ordinal > after);
            const lastOrdinal = BigInt(size);
            during?.();
            sent.push(...order.replayed(data.slice(0, limit), lastOrdinal));
          };
          const push = (ordinal: bigint) => {
            if (order.live(ordinal) === 'send') sent.push(ordinal);
          };
          for (const { kind, at } of steps) {
            if (kind === 'replay' && order.isBehind) replay(at, () => push(BigInt(++size)));
            else if (kind === 'push' && at > 20) push(BigInt(++size));
            else if (kind === 'push') push(BigInt(1 + (at % size)));
          }
          // The last push arrives, and what is missing is asked for until nothing is.
          push(BigInt(++size));
          for (let round = 0; order.isBehind; round++) {
            expect(round).toBeLessThan(200);
            replay(5);
          }
          const first = seen === undefined ? sent[0]! : BigInt(seen) + 1n;
          expect(sent).toEqual(upTo(size).filter((ordinal) => ordinal >= first));
        },
      ),
    );
  });
});
