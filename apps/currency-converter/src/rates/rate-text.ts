import { RATE_DECIMALS } from '@kopeck/contracts';
import { Fraction } from './fraction.js';

/*
 * Ten decimals: the smallest cross rate between offered currencies is some 0.0006 (KZT to KWD), which leaves it seven
 * significant digits; banks quote five.
 */
export { RATE_DECIMALS };

const SCALE = 10n ** BigInt(RATE_DECIMALS);

/** Half to even, as ISO 80000-1 has it, so that rates and their inverses are off to neither side in the long run. */
export function rateTextOf(rate: Fraction): string {
  const scaled = rate.numerator * SCALE;
  const whole = scaled / rate.denominator;
  const twiceRest = (scaled % rate.denominator) * 2n;
  const isUp = twiceRest > rate.denominator || (twiceRest === rate.denominator && whole % 2n === 1n);
  return textOf(isUp ? whole + 1n : whole);
}

/** Cut off: for what a customer gets, which never rounds in their favour. */
export function rateTextRoundedDown(rate: Fraction): string {
  return textOf((rate.numerator * SCALE) / rate.denominator);
}

/** The next one above, where it isn't exact: for what a customer gives. */
export function rateTextRoundedUp(rate: Fraction): string {
  return textOf((rate.numerator * SCALE + rate.denominator - 1n) / rate.denominator);
}

/** What a rate's text says, exactly. @throws {RangeError} when it's no rate above zero. */
export function rateOf(text: string): Fraction {
  return Fraction.ofDecimal(text);
}

function textOf(scaled: bigint): string {
  const digits = scaled.toString().padStart(RATE_DECIMALS + 1, '0');
  return `${digits.slice(0, -RATE_DECIMALS)}.${digits.slice(-RATE_DECIMALS)}`;
}
