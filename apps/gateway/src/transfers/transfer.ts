import {
  ERRORS,
  type RefusalReason,
  type TransferKind,
  type TransferRequest,
  type TransferOutcome,
  type TransferStatus,
  type TransferView,
} from '@kopeck/contracts';
import { agreedQuoteOf, type AgreedQuote } from '../quotes/quote.js';
import { amountOf, type Amount } from './amount.js';

/** A transfer as REST shows it to one of its parties. */
export interface Transfer {
  readonly id: string;
  readonly kind: TransferKind;
  readonly status: TransferStatus;
  readonly reason: RefusalReason | null;
  readonly debitAccountId: string | null;
  readonly creditAccountId: string | null;
  /** Null only while a conversion is pending and its quote could not be read. */
  readonly creditAccountNumber: string | null;
  /** Null only while a conversion is pending and its quote could not be read. */
  readonly instructedAmount: Amount | null;
  /** What arrives instead of the instructed amount, where the transfer changes currency. */
  readonly conversion: ConvertedTransfer | null;
  readonly reference: string | null;
  readonly endToEndId: string | null;
  readonly requestedAt: string;
  readonly settledAt: string | null;
}

export interface ConvertedTransfer {
  readonly settledAmount: Amount;
  readonly exchangeRate: string;
  /** The receipt; null for who receives, whom the sender's price doesn't concern. */
  readonly quote: AgreedQuote | null;
}

/** What a transfer's first answer and every replay of it are made of: the stored result alone, so they are the same. */
export function transferOfResult(result: TransferOutcome): Transfer {
  return {
    id: result.transferId,
    kind: result.kind,
    status: result.status,
    reason: result.reason,
    debitAccountId: result.debitAccountId,
    // Somebody else's account id is not the sender's to know; the number they typed is.
    creditAccountId: result.creditCustomerId === result.customerId ? result.creditAccountId : null,
    creditAccountNumber: result.creditAccountNumber,
    instructedAmount: amountOf(result.amountMinor, result.currency),
    conversion: conversionOf(result),
    reference: result.reference,
    endToEndId: result.endToEndId,
    requestedAt: result.requestedAt,
    settledAt: result.status === 'completed' ? result.decidedAt : null,
  };
}

/** @param sees `parties`: ids of the other side's account are left out. */
export function transferOfView(view: TransferView, sees: 'parties' | 'operator'): Transfer {
  const all = sees === 'operator';
  return {
    id: view.transferId,
    kind: view.kind,
    status: view.status,
    reason: view.reason,
    debitAccountId: all || view.direction !== 'incoming' ? view.debitAccountId : null,
    creditAccountId: all || view.direction !== 'outgoing' ? view.creditAccountId : null,
    creditAccountNumber: view.creditAccountNumber,
    instructedAmount: amountOf(view.amountMinor, view.currency),
    conversion: conversionOf(view),
    reference: view.reference,
    endToEndId: view.endToEndId,
    requestedAt: view.requestedAt,
    settledAt: view.status === 'completed' ? view.settledAt : null,
  };
}

/** Accepted, not decided yet, as far as the gateway knows. */
export function pendingTransferOf(request: TransferRequest): Transfer {
  return {
    id: request.transferId,
    kind: request.kind,
    status: 'pending',
    reason: null,
    debitAccountId: request.debitAccountId,
    creditAccountId: null,
    creditAccountNumber: request.creditAccountNumber,
    instructedAmount: amountOf(request.amountMinor, request.currency),
    conversion: null,
    reference: request.reference ?? null,
    endToEndId: request.endToEndId ?? null,
    requestedAt: request.requestedAt,
    settledAt: null,
  };
}

/** The quote that a stored conversion took, for who may know it. */
export function takenQuoteOf({ conversion }: TransferOutcome | TransferView): string | undefined {
  return conversion?.quote?.quoteId;
}

/** The facts that make two requests under one key the same request. */
type Payload = Pick<
  TransferOutcome,
  'kind' | 'debitAccountId' | 'creditAccountNumber' | 'amountMinor' | 'currency' | 'reference' | 'endToEndId'
>;

type StoredPayload = { readonly [Fact in keyof Payload]: Payload[Fact] | null };

/** Whether a result (or what is stored) is of this very request, or of another one made under the same key. */
export function isSamePayload(request: TransferRequest, stored: StoredPayload): boolean {
  return (
    request.kind === stored.kind &&
    // Left out where the asking side may not see it; then it follows from the rest.
    (stored.debitAccountId === null || request.debitAccountId === stored.debitAccountId) &&
    request.creditAccountNumber === stored.creditAccountNumber &&
    request.amountMinor === stored.amountMinor &&
    request.currency === stored.currency &&
    (request.reference ?? null) === stored.reference &&
    (request.endToEndId ?? null) === stored.endToEndId
  );
}

/** What to do, by reason; that no money moved is said before it. */
const ADVICE: Readonly<Record<RefusalReason, string>> = {
  insufficient_funds: 'The account has less than this amount. Send less, or put money in first.',
  account_not_found: 'There is no such account, or it is not yours. Choose one of your accounts.',
  recipient_not_found: "There is no account with the recipient's number. Ask the recipient for it.",
  account_frozen: 'Your account is frozen. Ask the bank why; nothing can leave it until then.',
  recipient_frozen: "The recipient's account cannot take money now. Ask the recipient for another one.",
  currency_mismatch: 'An account must have the currency of what leaves or enters it. Choose another account.',
  same_account: 'An account cannot send to itself. Choose another recipient.',
  limit_exceeded: 'The amount is above the limit of one transfer. Send less.',
  balance_overflow: "The recipient's account cannot hold this much. Send less.",
  quote_expired: 'Prices hold for a short while only. Ask for a new quote.',
  quote_used: 'A quote is good for one conversion. Ask for a new one.',
};

/** Says in words that no money moved, and what to do about it. */
export function refusalWordsOf(reason: RefusalReason): string {
  return `${ERRORS[reason].title}. No money moved. ${ADVICE[reason]}`;
}

/** From the stored terms or from what is shown of them, with the same outcome for the sender. */
function conversionOf({ conversion }: Pick<TransferOutcome | TransferView, 'conversion'>) {
  if (!conversion) return null;
  const { buyMinor, buyCurrency, quote } = conversion;
  return {
    settledAmount: amountOf(buyMinor, buyCurrency),
    exchangeRate: 'rate' in conversion ? conversion.rate : conversion.quote.rate,
    quote: quote && agreedQuoteOf(quote),
  };
}
