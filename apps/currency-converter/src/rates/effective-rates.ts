import { OFFERED_CURRENCIES, type RateSource } from '@kopeck/contracts';
import { FEEDS } from '../feeds/feeds.js';
import type { FeedRate } from '../feeds/rate-feed.js';
import type { Bulletin } from './bulletin.js';
import { Fraction } from './fraction.js';
import { rateTextOf } from './rate-text.js';

/** What is in force at one source: its bulletin with the operators' overrides in it. As Redis keeps it, plain JSON. */
export interface EffectiveRates {
  readonly source: RateSource;
  readonly revision: number;
  readonly asOf: string;
  readonly confirmedAt: string;
  readonly isSnapshot: boolean;
  /** Numerator and denominator of each currency's price in the pivot. */
  readonly prices: Readonly<Record<string, readonly [string, string]>>;
  /** The same of the bulletin before. */
  readonly previous: Readonly<Record<string, readonly [string, string]>>;
  readonly overridden: readonly string[];
}

export function fractionOf({ value, nominal, isInverse }: Omit<FeedRate, 'currency'>): Fraction {
  const price = Fraction.ofDecimal(value).times(Fraction.of(1n, BigInt(nominal)));
  return isInverse ? price.inverse() : price;
}

export function bulletinOf(
  source: RateSource,
  asOf: string,
  rates: readonly FeedRate[],
  overrides: readonly { readonly currency: string; readonly rate: string }[] = [],
): Bulletin {
  const prices = new Map(rates.map((rate) => [rate.currency, fractionOf(rate)]));
  for (const { currency, rate } of overrides) prices.set(currency, Fraction.ofDecimal(rate));
  return { source, asOf, pivot: FEEDS[source].pivot, pivotPerUnit: prices };
}

export function pricesOf({ pivotPerUnit }: Bulletin): Record<string, readonly [string, string]> {
  const prices = [...pivotPerUnit].map(([currency, { numerator, denominator }]) => [
    currency,
    [numerator.toString(), denominator.toString()] as const,
  ]);
  return Object.fromEntries(prices) as Record<string, readonly [string, string]>;
}

export function bulletinOfPrices(
  { source, asOf }: EffectiveRates,
  prices: EffectiveRates['prices'],
): Bulletin {
  const fractions = Object.entries(prices).map(
    ([currency, [numerator, denominator]]) =>
      [currency, Fraction.of(BigInt(numerator), BigInt(denominator))] as const,
  );
  return { source, asOf, pivot: FEEDS[source].pivot, pivotPerUnit: new Map(fractions) };
}

export interface PriceChange {
  readonly base: string;
  readonly oldRate: string | null;
  readonly newRate: string | null;
}

/** Offered currencies that cost something else now. */
export function changesBetween(before: Bulletin | undefined, after: Bulletin): PriceChange[] {
  return OFFERED_CURRENCIES.flatMap((base) => {
    const [old, now] = [before?.pivotPerUnit.get(base), after.pivotPerUnit.get(base)];
    if (old && now ? old.equals(now) : old === now) return [];
    return [{ base, oldRate: old ? rateTextOf(old) : null, newRate: now ? rateTextOf(now) : null }];
  });
}
