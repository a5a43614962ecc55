import type { ConvertedAmount, RateOrigin, RateView } from '@kopeck/contracts';
import { amountOf, type Amount } from '../transfers/amount.js';

/** Where a rate comes from, in whatever shows one. */
export type Origin = RateOrigin;

/** Only the fields of the origin, in one order, whatever else the rate's message carries. */
export function originOf({ source, asOf, confirmedAt, isSnapshot, isOverridden }: RateOrigin): Origin {
  return { source, asOf, confirmedAt, isSnapshot, isOverridden };
}

/** One pair as REST shows it. */
export interface Rate extends Origin {
  readonly base: string;
  readonly quote: string;
  readonly exchangeRate: string;
  readonly inverse: string;
  readonly previousRate: string | null;
}

export function rateOf(view: RateView): Rate {
  const { base, quote, rate, inverse, previousRate } = view;
  return { base, quote, exchangeRate: rate, inverse, previousRate, ...originOf(view) };
}

/** What an amount would buy now. */
export interface Estimate extends Origin {
  readonly sell: Amount;
  readonly buy: Amount;
  readonly exchangeRate: string;
  readonly inverse: string;
  readonly midRate: string;
  readonly markup: string;
}

export function estimateOf(converted: ConvertedAmount): Estimate {
  const { from, to, amountMinor, convertedMinor, rate, inverse, midRate, markup } = converted;
  return {
    sell: amountOf(amountMinor, from),
    buy: amountOf(convertedMinor, to),
    exchangeRate: rate,
    inverse,
    midRate,
    markup,
    ...originOf(converted),
  };
}

/** Whether two decimal strings are one number: `95.5` is stored as `95.5000000000`. */
export function isSameDecimal(one: string, other: string): boolean {
  return plainestOf(one) === plainestOf(other);
}

function plainestOf(decimal: string): string {
  const whole = decimal.replace(/^0+(?=\d)/, '');
  return whole.includes('.') ? whole.replace(/\.?0+$/, '') : whole;
}
