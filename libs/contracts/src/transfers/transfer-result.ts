import type { ConversionTerms } from '../conversions/conversion-terms.js';
import type { RefusalReason } from '../errors/error-codes.js';
import type { TransferKind } from './transfer-request.js';

/** One line of double entry. Entries of one transfer sum to zero in each currency. */
export interface EntryPosted {
  readonly accountId: string;
  readonly accountNumber: string;
  /** Null for the bank's own accounts. */
  readonly customerId: string | null;
  readonly currency: string;
  /** Signed minor units: a debit takes from the account (negative), a credit adds to it. */
  readonly amountMinor: string;
  readonly balanceAfterMinor: string;
  /** Counts the account's entries from 1; consumers ignore a version not above the last they saw. */
  readonly accountVersion: string;
}

/** What became of a transfer, without how the ledger wrote it down. It's final. */
export interface TransferOutcome {
  readonly transferId: string;
  /** The attempt that led to this outcome; another attempt that reads it knows that it is a replay. */
  readonly requestId: string;
  readonly customerId: string;
  readonly kind: TransferKind;
  readonly status: 'completed' | 'failed';
  readonly reason: RefusalReason | null;
  readonly debitAccountId: string;
  readonly creditAccountNumber: string;
  /** Null when the recipient doesn't exist. */
  readonly creditAccountId: string | null;
  /** Owner of the credited account; null for the bank's own or an unknown one. */
  readonly creditCustomerId: string | null;
  readonly amountMinor: string;
  readonly currency: string;
  readonly reference: string | null;
  readonly endToEndId: string | null;
  readonly requestedAt: string;
  readonly decidedAt: string;
  /** For a conversion, and only then: what was bought, and the quote. */
  readonly conversion?: ConversionTerms;
}

/**
 * `transfers.results`: the outcome with its postings. It's published again, the same, whenever somebody asks again.
 * Business refusals are results with `status: 'failed'`.
 */
export interface TransferResult extends TransferOutcome {
  /** Empty for a refusal. */
  readonly entries: readonly EntryPosted[];
  /** The ledger's hash chain: null for what the transaction-manager refused before the ledger saw it. */
  readonly chain: ChainLink | null;
}

export interface ChainLink {
  /** Partition of `transfers.commands`. */
  readonly chain: number;
  /** Counts the chain's decisions from 1, without gaps. */
  readonly sequence: string;
  /** SHA-256 over the previous hash and this decision's canonical text, base64url. */
  readonly hash: string;
  readonly previousHash: string;
}

/** What the transaction-manager tells one attempt, on the instance's reply topic: it never becomes the result. */
export type AttemptAnswer =
  | { readonly requestId: string; readonly outcome: 'finished'; readonly result: TransferOutcome }
  | {
      readonly requestId: string;
      readonly outcome: 'rejected';
      readonly code: 'idempotency_key_reused' | 'quote_not_found';
      readonly detail: string;
    };
