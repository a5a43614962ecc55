import { MAX_AMOUNT_MINOR, minorUnitExponent } from '@kopeck/contracts';
import type { Formats } from '../language/formats.js';
import type { TypedAmountFault } from '../language/typed-amount.js';
import type { Words } from '../language/words.js';

/** Of a sample, in whole units. */
const SAMPLE = 100n;

/** Why a smallest amount can't be taken, in words for the person. */
export function minimumFaultText(
  fault: TypedAmountFault,
  typed: string,
  currency: string,
  words: Words,
  formats: Formats,
): string {
  const { amount } = words.form;
  const decimals = minorUnitExponent(currency);
  switch (fault) {
    case 'unreadable':
      return amount.unreadable(formats.amountOfMinor(SAMPLE * 10n ** BigInt(decimals), currency));
    case 'ambiguous':
      return amount.ambiguous(typed, typed.replace(/[.,]/g, ''));
    case 'too_many_decimals':
      return amount.too_many_decimals(currency, decimals);
    case 'too_large':
      return amount.too_large(formats.amountOfMinor(MAX_AMOUNT_MINOR, currency));
    default:
      return amount[fault];
  }
}
