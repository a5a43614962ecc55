import { Fraction } from '../rates/fraction.js';
import { rateTextRoundedDown, rateTextRoundedUp } from '../rates/rate-text.js';
import { MARKUP_SCALE } from './conversion.js';

/** The middle rate less the margin, exactly. */
export function afterMarkup(mid: Fraction, markupMillionths: bigint): Fraction {
  return mid.times(Fraction.of(MARKUP_SCALE - markupMillionths, MARKUP_SCALE));
}

/** A customer's rate and its inverse as they are shown: both rounded against the customer, as amounts are. */
export function customerRateOf(mid: Fraction, markupMillionths: bigint): { rate: string; inverse: string } {
  const exact = afterMarkup(mid, markupMillionths);
  return { rate: rateTextRoundedDown(exact), inverse: rateTextRoundedUp(exact.inverse()) };
}
