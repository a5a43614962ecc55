import type { ConversionTerms, CreateQuote, Quote, QuoteSide, QuoteView } from '@kopeck/contracts';
import type { PairRate } from '../rates/current-rates.service.js';
import { rateTextOf } from '../rates/rate-text.js';
import { buy, fitsTransfer, sell, type Conversion, type Terms } from './conversion.js';
import { customerRateOf } from './customer-rate.js';
import { markupTextOf } from './quote.settings.js';

/** A quote before the database's clock has said from when to when it holds. */
export type UntimedQuote = Omit<Quote, 'createdAt' | 'expiresAt'>;

/** What is kept of a quote: its text, and how the bank's side of it splits. */
export interface QuoteBody {
  readonly quote: UntimedQuote;
  readonly positionMinor: string;
  readonly revenueMinor: string;
  readonly roundingMinor: string;
}

/** A quote as it's stored. Times have whole milliseconds: so has the customer's text. */
export interface StoredQuote {
  readonly body: QuoteBody;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly transferId: string | null;
}

export type Unquotable = 'amount_too_small' | 'limit_exceeded';

/** What may be asked for: all but the quote's own times. */
export type QuoteRequest = Pick<
  CreateQuote,
  | 'quoteId'
  | 'customerId'
  | 'debitAccountId'
  | 'creditAccountNumber'
  | 'sellCurrency'
  | 'buyCurrency'
  | 'sellMinor'
  | 'buyMinor'
>;

/** Works out both amounts and writes down how: exactly at the middle, rounded once, never in the customer's favour. */
export function quoteOf(
  request: QuoteRequest,
  pair: PairRate,
  markupMillionths: bigint,
): QuoteBody | Unquotable {
  const { sellCurrency, buyCurrency } = request;
  const side: QuoteSide = request.sellMinor === undefined ? 'buy' : 'sell';
  const terms = { sellCurrency, buyCurrency, mid: pair.exact, markupMillionths };
  const conversion = converted(terms, request);
  if (!conversion) return 'amount_too_small';
  if (!fitsTransfer(conversion)) return 'limit_exceeded';
  const { numerator, denominator } = pair.exact;
  return {
    positionMinor: conversion.positionMinor.toString(),
    revenueMinor: conversion.revenueMinor.toString(),
    roundingMinor: conversion.roundingMinor.toString(),
    quote: {
      quoteId: request.quoteId,
      customerId: request.customerId,
      debitAccountId: request.debitAccountId,
      creditAccountNumber: request.creditAccountNumber,
      side,
      sellCurrency,
      sellMinor: conversion.sellMinor.toString(),
      buyCurrency,
      buyMinor: conversion.buyMinor.toString(),
      midRate: rateTextOf(pair.exact),
      midExact: `${numerator}/${denominator}`,
      ...customerRateOf(pair.exact, markupMillionths),
      markup: markupTextOf(markupMillionths),
      source: pair.source,
      asOf: pair.asOf,
      confirmedAt: pair.confirmedAt,
      isSnapshot: pair.isSnapshot,
      isOverridden: pair.isOverridden,
    },
  };
}

function converted(terms: Terms, { sellMinor, buyMinor }: QuoteRequest): Conversion | undefined {
  return sellMinor === undefined ? buy(terms, BigInt(buyMinor!)) : sell(terms, BigInt(sellMinor));
}

/** Its whole text, times and all. */
export function textOf({ body, createdAt, expiresAt }: StoredQuote): Quote {
  return { ...body.quote, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}

/** @param now the database's, the only clock that counts. A quote is good before it expires, and not at that moment. */
export function isExpired({ expiresAt }: Pick<StoredQuote, 'expiresAt'>, now: Date): boolean {
  return now.getTime() >= expiresAt.getTime();
}

export function viewOf(stored: StoredQuote, now: Date): QuoteView {
  const { transferId } = stored;
  const status = transferId !== null ? 'used' : isExpired(stored, now) ? 'expired' : 'open';
  return { ...textOf(stored), status, transferId };
}

/** What the ledger posts, with the quote that explains it. */
export function termsOf(stored: StoredQuote): ConversionTerms {
  const { quote, positionMinor, revenueMinor, roundingMinor } = stored.body;
  const { quoteId, buyCurrency, buyMinor } = quote;
  return {
    quoteId,
    buyCurrency,
    buyMinor,
    positionMinor,
    revenueMinor,
    roundingMinor,
    quote: textOf(stored),
  };
}
