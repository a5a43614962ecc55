import { formatAmount, MAX_AMOUNT_MINOR, minorUnitExponent } from '@kopeck/contracts';
import type { Formats } from './formats.js';
import type { TypedAmountFault } from './typed-amount.js';
import type { Words } from './words.js';

/** Says what is wrong with a typed amount, with an example in the currency that was meant. */
export function amountFaultWords(
  fault: TypedAmountFault,
  typed: string,
  currency: string,
  { words, formats }: { readonly words: Words; readonly formats: Formats },
): string {
  const { amount } = words.form;
  switch (fault) {
    case 'unreadable':
      return amount.unreadable(formatAmount(123_450n, currency));
    case 'ambiguous':
      return amount.ambiguous(typed.trim(), typed.replace(/\D/g, ''));
    case 'too_many_decimals':
      return amount.too_many_decimals(currency, minorUnitExponent(currency));
    case 'too_large':
      return amount.too_large(formats.amountOfMinor(MAX_AMOUNT_MINOR, currency));
    default:
      return amount[fault];
  }
}
