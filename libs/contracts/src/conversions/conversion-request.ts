import { IsOptional, IsUUID, Length, Matches } from 'class-validator';
import { IsInstant } from '../messages/instant.js';
import { REFERENCE } from '../messages/patterns.js';

/** `conversions.requests`: one attempt to use a quote. */
export class ConversionRequest {
  /** UUIDv5 of customer and Idempotency-Key, see `transferIdOf`: a conversion is a transfer. */
  @IsUUID() transferId: string;
  /** This attempt. What concerns only the attempt is answered to it. */
  @IsUUID() requestId: string;
  /** Who asks; another customer's quote is not found. */
  @IsUUID() customerId: string;
  @IsUUID() quoteId: string;
  /** Free text for the recipient's statement. */
  @IsOptional() @Length(1, 140) @Matches(REFERENCE) reference?: string;
  @IsOptional() @Length(1, 35) @Matches(REFERENCE) endToEndId?: string;
  @IsInstant() requestedAt: string;
}
