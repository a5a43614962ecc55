import { isUUID, registerDecorator } from 'class-validator';
import { isIsoCurrency } from '../money/currency.js';
import { AMOUNT_MINOR } from '../messages/patterns.js';
import type { Quote } from './quote.js';

/**
 * What the ledger posts when a transfer changes currency. The transfer's own amount and currency are what is sold; in
 * the bought currency `positionMinor = buyMinor + revenueMinor + roundingMinor`.
 */
export interface ConversionTerms {
  readonly quoteId: string;
  readonly buyCurrency: string;
  /** The customer's or recipient's credit. */
  readonly buyMinor: string;
  /** The bank's position's debit. */
  readonly positionMinor: string;
  /** The margin's credit; may be "0". */
  readonly revenueMinor: string;
  /** What whole units could not show, credited to the rounding account; may be "0". */
  readonly roundingMinor: string;
  /** The quote's whole text, kept with the transfer so that the receipt explains itself. */
  readonly quote: Quote;
}

const ZERO_OR_AMOUNT = /^(0|[1-9]\d{0,14})$/;
/** A quote has some 700 characters. */
const MAX_QUOTE_LENGTH = 2_000;

/** One rule, not a nested class: those cost every plain transfer the transport's quick check. */
export function IsConversionTerms(): PropertyDecorator {
  return (target, propertyKey) =>
    registerDecorator({
      name: 'isConversionTerms',
      target: target.constructor,
      propertyName: String(propertyKey),
      validator: {
        validate: areConversionTerms,
        defaultMessage: () => `${String(propertyKey)} must be terms whose amounts add up, with their quote`,
      },
    });
}

export function areConversionTerms(value: unknown): value is ConversionTerms {
  if (typeof value !== 'object' || value === null) return false;
  const terms = value as Record<keyof ConversionTerms, unknown>;
  const { quoteId, buyCurrency, buyMinor, positionMinor, revenueMinor, roundingMinor, quote } = terms;
  if (!isUUID(quoteId) || typeof buyCurrency !== 'string' || !isIsoCurrency(buyCurrency)) return false;
  if (!matches(AMOUNT_MINOR, buyMinor) || !matches(AMOUNT_MINOR, positionMinor)) return false;
  if (!matches(ZERO_OR_AMOUNT, revenueMinor) || !matches(ZERO_OR_AMOUNT, roundingMinor)) return false;
  if (BigInt(positionMinor) !== BigInt(buyMinor) + BigInt(revenueMinor) + BigInt(roundingMinor)) return false;
  if (typeof quote !== 'object' || quote === null || (quote as Quote).quoteId !== quoteId) return false;
  return JSON.stringify(quote).length <= MAX_QUOTE_LENGTH;
}

function matches(pattern: RegExp, value: unknown): value is string {
  return typeof value === 'string' && pattern.test(value);
}
