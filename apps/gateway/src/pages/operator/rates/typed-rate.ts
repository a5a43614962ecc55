import { RATE, RATE_DECIMALS } from '@kopeck/contracts';

export type TypedRateFault = 'missing' | 'unreadable' | 'ambiguous' | 'too_many_digits' | 'zero';

export type TypedRate =
  { readonly ok: true; readonly rate: string } | { readonly ok: false; readonly fault: TypedRateFault };

const MAX_WHOLE_DIGITS = 10;
const NUMBER = /^(\d+)(?:([.,])(\d+))?$/;
const MAX_LENGTH = 60;

/**
 * Reads a rate as people type it: `92,4071`, `92.4071`, `0.0109`. `1,234` may be one and a bit or a thousand and more; it is
 * refused, because a rate that is wrong by a thousand costs somebody money.
 *
 * @returns the rate with all its decimals, so that a repeat is the same to the letter.
 */
export function readTypedRate(text: string): TypedRate {
  const typed = text.trim();
  if (typed === '') return { ok: false, fault: 'missing' };
  const match = typed.length <= MAX_LENGTH ? NUMBER.exec(typed) : null;
  if (!match) return { ok: false, fault: 'unreadable' };
  const [, whole = '', separator, decimals = ''] = match;
  if (separator !== undefined && decimals.length === 3 && /^[1-9]\d{0,2}$/.test(whole))
    return { ok: false, fault: 'ambiguous' };
  if (whole.length > MAX_WHOLE_DIGITS || decimals.length > RATE_DECIMALS)
    return { ok: false, fault: 'too_many_digits' };
  const rate = `${BigInt(whole)}.${decimals.padEnd(RATE_DECIMALS, '0')}`;
  return RATE.test(rate) ? { ok: true, rate } : { ok: false, fault: 'zero' };
}
