import { IsIn, IsISO8601, IsOptional, IsUUID, Length, Matches } from 'class-validator';
import { IsAccountNumber } from '../accounts/account-number.js';

/**
 * `transfer`: a customer's money to another account, own or somebody else's. `cash_deposit`: an operator books money
 * handed over at the counter, from the bank's cash account of the currency.
 */
export const TRANSFER_KINDS = ['transfer', 'cash_deposit'] as const;
export type TransferKind = (typeof TRANSFER_KINDS)[number];

/** Minor units on the wire: a positive decimal integer, no sign, no leading zero. */
export const AMOUNT_MINOR = /^[1-9]\d{0,14}$/;

/**
 * What may stand in a reference or a name: printable, one line. Control characters and line breaks are refused; half a
 * surrogate pair, which is no character and which PostgreSQL doesn't store; and the marks that turn the direction of
 * writing, with which a reference shows as something else than it says. The number is bounded here too, because
 * `@Length` doesn't count variation selectors.
 */
export const REFERENCE = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]{0,280}$/u;

/**
 * A moment in UTC as RFC 3339 writes it; ISO 8601 alone would let weeks, plain days and a year 0 through, which databases
 * don't read.
 */
export const INSTANT = /^(?!0000)\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;

/** `transfers.requests`: one attempt at one transfer, authenticated and well-formed, not yet validated. */
export class TransferRequest {
  /** UUIDv5 of customer and Idempotency-Key, see `transferIdOf`. */
  @IsUUID()
  transferId: string;

  /** This attempt. What concerns only the attempt is answered to it and never becomes the transfer's result. */
  @IsUUID()
  requestId: string;

  /** Who asks: the owner of the debited account, or the operator for a cash deposit. */
  @IsUUID()
  customerId: string;

  @IsIn(TRANSFER_KINDS)
  kind: TransferKind;

  @IsUUID()
  debitAccountId: string;

  @IsAccountNumber()
  creditAccountNumber: string;

  @Matches(AMOUNT_MINOR, { message: 'amountMinor must be a string of digits, from 1 to 15 of them' })
  amountMinor: string;

  /** ISO 4217 code: the currency of both accounts. */
  @Matches(/^[A-Z]{3}$/)
  currency: string;

  /** Free text for the recipient's statement (ISO 20022 RemittanceInformation: 140 characters). */
  @IsOptional()
  @Length(1, 140)
  @Matches(REFERENCE)
  reference?: string;

  /** The sender's own reference, passed on unchanged (ISO 20022 EndToEndId: 35 characters). */
  @IsOptional()
  @Length(1, 35)
  @Matches(REFERENCE)
  endToEndId?: string;

  @IsISO8601({ strict: true })
  @Matches(INSTANT, { message: 'requestedAt must be a moment in UTC such as 2026-10-01T12:00:00.000Z' })
  requestedAt: string;
}

/** `transfers.commands`: the same, validated and forwarded. */
export class TransferCommand extends TransferRequest {}
