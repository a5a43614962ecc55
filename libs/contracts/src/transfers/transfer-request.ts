import { IsIn, IsOptional, IsUUID, Length, Matches, ValidateIf } from 'class-validator';
import { IsAccountNumber } from '../accounts/account-number.js';
import { IsConversionTerms, type ConversionTerms } from '../conversions/conversion-terms.js';
import { REFUSAL_REASONS, type RefusalReason } from '../errors/error-codes.js';
import { IsInstant } from '../messages/instant.js';
import { AMOUNT_MINOR, REFERENCE } from '../messages/patterns.js';

/**
 * `transfer`: a customer's money to another account, own or somebody else's. `cash_deposit`: an operator books money
 * handed over at the counter, from the bank's cash account of the currency. `conversion`: a customer's money to an account
 * of another currency, own or somebody else's, at a quote's terms.
 */
export const TRANSFER_KINDS = ['transfer', 'cash_deposit', 'conversion'] as const;
export type TransferKind = (typeof TRANSFER_KINDS)[number];

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

  @IsInstant()
  requestedAt: string;

  /** For a conversion, and only then: what is bought for the amount, and at whose price. */
  @ValidateIf(({ kind, conversion }: TransferRequest) => kind === 'conversion' || conversion !== undefined)
  @IsConversionTerms()
  conversion?: ConversionTerms;

  /** Set by a service on the way that refuses for its own reasons, such as an expired quote: final like any refusal. */
  @IsOptional()
  @IsIn(REFUSAL_REASONS)
  refusal?: RefusalReason;
}

/** `transfers.commands`: the same, validated and forwarded. */
export class TransferCommand extends TransferRequest {}
