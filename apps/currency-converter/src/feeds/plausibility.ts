import { OFFERED_CURRENCIES } from '@kopeck/contracts';
import type { Bulletin } from '../rates/bulletin.js';
import { Fraction } from '../rates/fraction.js';
import { rateTextOf } from '../rates/rate-text.js';
import { FeedFault } from './rate-feed.js';

/** A day may be set in advance: before holidays the Bank of Russia does so. */
const MAX_DAYS_AHEAD = 7;
const FEWEST_RATES = 5;
const HIGHEST = Fraction.of(10n ** 9n);
const LOWEST = Fraction.of(1n, 10n ** 9n);

export interface Jump {
  readonly currency: string;
  readonly oldRate: string;
  readonly newRate: string;
}

/**
 * What no source in its right mind says: then nothing of the bulletin is used.
 *
 * @param today `YYYY-MM-DD`, UTC.
 * @throws {FeedFault}
 */
export function refuseAbsurd(next: Bulletin, current: Bulletin | undefined, today: string): void {
  if (next.pivotPerUnit.size < FEWEST_RATES)
    throw new FeedFault(`it has ${next.pivotPerUnit.size} rates only`);
  if (daysBetween(today, next.asOf) > MAX_DAYS_AHEAD)
    throw new FeedFault(`it is for ${next.asOf}, days ahead`);
  for (const [currency, rate] of next.pivotPerUnit) {
    if (rate.isBelow(LOWEST) || HIGHEST.isBelow(rate))
      throw new FeedFault(`${currency} costs an absurd ${rateTextOf(rate)}`);
  }
  if (!current) return;
  if (next.asOf < current.asOf)
    throw new FeedFault(`it is for ${next.asOf}, and ${current.asOf} is known already`);
  const gone = OFFERED_CURRENCIES.filter(
    (currency) => current.pivotPerUnit.has(currency) && !next.pivotPerUnit.has(currency),
  );
  if (gone.length > 0) throw new FeedFault(`${gone.join(', ')} is not in it any more`);
}

/** Offered currencies whose price moved by more than so many percent, either way. */
export function jumpsOf(next: Bulletin, current: Bulletin, percent: number): Jump[] {
  const jumps: Jump[] = [];
  for (const currency of OFFERED_CURRENCIES) {
    const [before, after] = [current.pivotPerUnit.get(currency), next.pivotPerUnit.get(currency)];
    if (!before || !after || !movedBy(before, after, percent)) continue;
    jumps.push({ currency, oldRate: rateTextOf(before), newRate: rateTextOf(after) });
  }
  return jumps;
}

function movedBy(before: Fraction, after: Fraction, percent: number): boolean {
  const up = before.times(Fraction.of(100n + BigInt(percent), 100n));
  if (up.isBelow(after)) return true;
  return percent < 100 && after.isBelow(before.times(Fraction.of(100n - BigInt(percent), 100n)));
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
