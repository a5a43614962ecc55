import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { RateChange } from '@kopeck/contracts';
import fc from 'fast-check';
import { defaultPreferences } from '../preferences/preferences.js';
import { changeOf } from '../testing/sample-events.js';
import { digestTimeOf } from './digest-time.js';
import { afterTelling, collected, digestNewsOf, type Digest } from './digest.js';

const DUE = new Date('2026-11-26T11:00:00Z');
const empty: Digest = { customerId: randomUUID(), dueAt: null, changes: {} };

/** As many as are told, `USD 80→82`. */
function lines(digest: Digest): string[] {
  const changes = digestNewsOf(digest)?.data.changes;
  if (typeof changes !== 'string') return [];
  return (JSON.parse(changes) as RateChange[]).map(
    ({ base, oldRate, newRate }) => `${base} ${oldRate}→${newRate}`,
  );
}

/** At a second of one day. */
function change(second: number, base: string, oldRate: string, newRate: string): RateChange {
  return changeOf(base, oldRate, newRate, {
    changedAt: new Date(DUE.getTime() + second * 1_000).toISOString(),
  });
}

describe('a digest', () => {
  it('tells of each currency once, from its first rate to its last', () => {
    const digest = collected(
      empty,
      [change(1, 'USD', '80', '81'), change(2, 'EUR', '90', '91'), change(3, 'USD', '81', '82')],
      DUE,
    );
    expect(digest.dueAt).toEqual(DUE);
    expect(lines(digest)).toEqual(['USD 80→82', 'EUR 90→91']);
    expect(digestNewsOf(digest)).toMatchObject({ type: 'rate_change', data: { isDigest: true, count: 2 } });
  });

  it('tells nothing of what has changed back', () => {
    const digest = collected(empty, [change(1, 'USD', '80', '81'), change(2, 'USD', '81', '80')], DUE);
    expect(digestNewsOf(digest)).toBeUndefined();
  });

  it('keeps the time at which it is due when more comes', () => {
    const digest = collected(empty, [change(1, 'USD', '80', '81')], DUE);
    expect(collected(digest, [change(2, 'EUR', '90', '91')], new Date('2026-11-26T12:00:00Z')).dueAt).toEqual(
      DUE,
    );
  });

  it('does not tell again what comes again after it was told', () => {
    const changes = [change(1, 'USD', '80', '81')];
    const told = afterTelling(collected(empty, changes, DUE));
    expect(told.dueAt).toBeNull();
    expect(collected(told, changes, DUE)).toBe(told);
    expect(lines(collected(told, [change(2, 'USD', '81', '83')], DUE))).toEqual(['USD 81→83']);
  });

  it('tells every move once, whatever is repeated and whenever it is told', () => {
    const step = fc.record({ base: fc.constantFrom('USD', 'EUR'), rate: fc.integer({ min: 1, max: 5 }) });
    const round = fc.record({
      steps: fc.array(step, { maxLength: 6 }),
      repeats: fc.nat(6),
      isTold: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(round), (rounds) => {
        const rates: Record<string, number> = { USD: 1, EUR: 1 };
        const toldRates: Record<string, string> = { USD: '1', EUR: '1' };
        const all: RateChange[] = [];
        let digest = empty;
        for (const { steps, repeats, isTold } of [...rounds, { steps: [], repeats: 0, isTold: true }]) {
          const fresh = steps.map(({ base, rate }) => {
            const made = change(all.length, base, String(rates[base]), String(rate));
            rates[base] = rate;
            all.push(made);
            return made;
          });
          digest = collected(digest, fresh, DUE);
          digest = collected(digest, all.slice(-repeats - 1), DUE);
          if (!isTold) continue;
          for (const line of lines(digest)) {
            const [base, move] = line.split(' ');
            const [from, to] = move!.split('→');
            expect(from).toBe(toldRates[base!]);
            toldRates[base!] = to!;
          }
          digest = afterTelling(digest);
        }
        expect(toldRates).toEqual({ USD: String(rates.USD), EUR: String(rates.EUR) });
      }),
    );
  });
});

describe('the time of a digest', () => {
  const now = new Date('2026-11-26T10:20:00Z');

  it('is the next full hour', () => {
    expect(digestTimeOf({ ...defaultPreferences('en'), rateDigest: 'hourly' }, now)).toEqual(DUE);
  });

  it('is nine in the morning of the reader', () => {
    expect(digestTimeOf({ ...defaultPreferences('ru'), rateDigest: 'daily' }, now)).toEqual(
      new Date('2026-11-27T06:00:00Z'),
    );
  });
});
