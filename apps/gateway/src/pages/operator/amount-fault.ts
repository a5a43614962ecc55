import { formatAmount, MAX_AMOUNT_MINOR, minorUnitExponent } from '@kopeck/contracts';
import type { Formats } from '../language/formats.js';
import type { TypedAmountFault } from '../language/typed-amount.js';
import type { Words } from '../language/words.js';

/** In words: what is wrong with an amount that was typed, and what to type instead. */
export function amountFaultText(
  fault: TypedAmountFault,
  typed: string,
  currency: string,
  { words, formats }: { readonly words: Words; readonly formats: Formats },
): string {
  const text = words.form.amount;
  switch (fault) {
    case 'unreadable':
      return text.unreadable(sampleOf(currency, formats));
    case 'ambiguous':
      return text.ambiguous(typed, typed.replace(/[.,]/, ''));
    case 'too_many_decimals':
      return text.too_many_decimals(currency, minorUnitExponent(currency));
    case 'too_large':
      return text.too_large(formats.amountOfMinor(MAX_AMOUNT_MINOR, currency));
    default:
      return text[fault];
  }
}

function sampleOf(currency: string, formats: Formats): string {
  const { whole, minor } = formats.money({ amount: formatAmount(123_450n, currency), currency });
  return whole + minor;
}
