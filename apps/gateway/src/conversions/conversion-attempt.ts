import { TOPICS, type ConversionRequest, type QuoteView } from '@kopeck/contracts';
import { agreedQuoteOf } from '../quotes/quote.js';
import type { Attempt } from '../transfers/attempt.js';
import { takenQuoteOf, type Transfer } from '../transfers/transfer.js';

/** An attempt at a transfer that takes a quote: the converter makes the transfer's request of it. */
export function attemptAtConversion(request: ConversionRequest): Attempt {
  const { transferId, requestId, customerId, quoteId } = request;
  return {
    transferId,
    requestId,
    customerId,
    kind: 'conversion',
    message: {
      topic: TOPICS.conversionRequests.name,
      key: quoteId,
      type: 'kopeck.conversion.requested.v1',
    },
    value: request,
    isOf: (stored) =>
      stored.kind === 'conversion' &&
      takenQuoteOf(stored) === quoteId &&
      (request.reference ?? null) === stored.reference &&
      (request.endToEndId ?? null) === stored.endToEndId,
  };
}

/** Accepted, not decided yet. @param quote undefined where it can't be read: only the converter knows its amounts. */
export function pendingConversionOf(request: ConversionRequest, quote: QuoteView | undefined): Transfer {
  const agreed = quote && agreedQuoteOf(quote);
  return {
    id: request.transferId,
    kind: 'conversion',
    status: 'pending',
    reason: null,
    debitAccountId: agreed?.debitAccountId ?? null,
    creditAccountId: null,
    creditAccountNumber: agreed?.creditAccountNumber ?? null,
    instructedAmount: agreed?.sell ?? null,
    conversion: agreed
      ? { settledAmount: agreed.buy, exchangeRate: agreed.exchangeRate, quote: agreed }
      : null,
    reference: request.reference ?? null,
    endToEndId: request.endToEndId ?? null,
    requestedAt: request.requestedAt,
    settledAt: null,
  };
}
