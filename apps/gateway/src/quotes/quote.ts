import type { Quote, QuoteSide, QuoteView } from '@kopeck/contracts';
import { originOf, type Origin } from '../rates/rate.js';
import { amountOf, type Amount } from '../transfers/amount.js';

/** A price as it was agreed on: what a receipt shows. */
export interface AgreedQuote extends Origin {
  readonly id: string;
  readonly debitAccountId: string;
  readonly creditAccountNumber: string;
  readonly side: QuoteSide;
  readonly sell: Amount;
  readonly buy: Amount;
  readonly exchangeRate: string;
  readonly inverse: string;
  readonly midRate: string;
  readonly markup: string;
  readonly createdAt: string;
  readonly expiresAt: string;
}

/** A quote as REST shows it to the customer it was given to. */
export interface OpenQuote extends AgreedQuote {
  readonly status: QuoteView['status'];
  readonly transferId: string | null;
}

export function agreedQuoteOf(quote: Quote): AgreedQuote {
  return {
    id: quote.quoteId,
    debitAccountId: quote.debitAccountId,
    creditAccountNumber: quote.creditAccountNumber,
    side: quote.side,
    sell: amountOf(quote.sellMinor, quote.sellCurrency),
    buy: amountOf(quote.buyMinor, quote.buyCurrency),
    exchangeRate: quote.rate,
    inverse: quote.inverse,
    midRate: quote.midRate,
    markup: quote.markup,
    ...originOf(quote),
    createdAt: quote.createdAt,
    expiresAt: quote.expiresAt,
  };
}

export function openQuoteOf(view: QuoteView): OpenQuote {
  return { ...agreedQuoteOf(view), status: view.status, transferId: view.transferId };
}
