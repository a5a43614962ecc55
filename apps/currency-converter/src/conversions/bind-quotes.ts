import type { ConversionRequest } from '@kopeck/contracts';
import { isExpired, type StoredQuote } from '../quotes/quote.js';

export type QuoteRefusal = 'quote_expired' | 'quote_used';

/** What a transfer's request for a quote came to. */
export interface Decided {
  readonly quoteId: string;
  /** Null: the quote is the transfer's. */
  readonly refusal: QuoteRefusal | null;
}

/** What becomes of one attempt. */
export type Binding =
  | { readonly outcome: 'decided'; readonly stored: StoredQuote; readonly refusal: QuoteRefusal | null }
  | { readonly outcome: 'rejected'; readonly code: 'quote_not_found' | 'idempotency_key_reused' };

export interface BatchOfBindings {
  /** One for each request, in order. */
  readonly bindings: readonly Binding[];
  /** Those decided just now, by transfer: what is to be stored. */
  readonly fresh: ReadonlyMap<string, Decided>;
}

/**
 * Decides requests in the order of arrival. A transfer's first request is decided once and for ever; a quote goes to the
 * first transfer that asks for it in time.
 *
 * @param now by the database's clock, read behind the locks.
 */
export function bindQuotes(
  requests: readonly ConversionRequest[],
  quotes: ReadonlyMap<string, StoredQuote>,
  decidedBefore: ReadonlyMap<string, Decided>,
  now: Date,
): BatchOfBindings {
  const fresh = new Map<string, Decided>();
  const takenBy = new Map([...quotes].map(([quoteId, { transferId }]) => [quoteId, transferId]));
  const bindings = requests.map(({ transferId, quoteId, customerId }): Binding => {
    const known = decidedBefore.get(transferId) ?? fresh.get(transferId);
    if (known && known.quoteId !== quoteId) return { outcome: 'rejected', code: 'idempotency_key_reused' };
    const stored = quotes.get(quoteId);
    if (stored?.body.quote.customerId !== customerId) return { outcome: 'rejected', code: 'quote_not_found' };
    if (known) return { outcome: 'decided', stored, refusal: known.refusal };
    const refusal = refusalOf(stored, takenBy.get(quoteId) ?? null, now);
    if (refusal === null) takenBy.set(quoteId, transferId);
    fresh.set(transferId, { quoteId, refusal });
    return { outcome: 'decided', stored, refusal };
  });
  return { bindings, fresh };
}

function refusalOf(stored: StoredQuote, takenBy: string | null, now: Date): QuoteRefusal | null {
  if (takenBy !== null) return 'quote_used';
  return isExpired(stored, now) ? 'quote_expired' : null;
}
