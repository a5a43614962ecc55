import { hash } from 'node:crypto';
import type { ConversionTerms, TransferRequest } from '@kopeck/contracts';

/** What a customer asks for, without what belongs to the attempt (request id, time). */
export type Payload = Pick<
  TransferRequest,
  'kind' | 'debitAccountId' | 'creditAccountNumber' | 'amountMinor' | 'currency'
> & {
  readonly reference?: string | null;
  readonly endToEndId?: string | null;
  readonly conversion?: Pick<ConversionTerms, 'quoteId'>;
};

/** SHA-256 of the payload: two requests under one Idempotency-Key must agree in it. */
export function payloadHashOf(payload: Payload): Buffer {
  const text = JSON.stringify([
    payload.kind,
    payload.debitAccountId.toLowerCase(),
    payload.creditAccountNumber,
    payload.amountMinor,
    payload.currency,
    payload.reference ?? null,
    payload.endToEndId ?? null,
    // What a customer asks for with a quote is the quote.
    ...(payload.conversion ? [payload.conversion.quoteId.toLowerCase()] : []),
  ]);
  return hash('sha256', text, 'buffer');
}
