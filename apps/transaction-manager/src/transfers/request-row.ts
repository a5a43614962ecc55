import type { ConversionTerms, TransferKind, TransferRequest } from '@kopeck/contracts';

/** The columns of a registered transfer that make up what was asked for. */
export const REQUEST_COLUMNS = `
  id, request_id, customer_id, kind, debit_account_id, credit_account_number, amount_minor, currency, reference,
  end_to_end_id, requested_at, conversion`;

export interface RequestRow {
  readonly id: string;
  readonly request_id: string;
  readonly customer_id: string;
  readonly kind: TransferKind;
  readonly debit_account_id: string;
  readonly credit_account_number: string;
  readonly amount_minor: string;
  readonly currency: string;
  readonly reference: string | null;
  readonly end_to_end_id: string | null;
  readonly requested_at: Date;
  /** JSON of the terms. */
  readonly conversion: string | null;
}

/** The request as it was registered, so that each forwarding of a transfer says the same, whichever attempt it is for. */
export function requestOf(row: RequestRow): TransferRequest {
  return {
    transferId: row.id,
    requestId: row.request_id,
    customerId: row.customer_id,
    kind: row.kind,
    debitAccountId: row.debit_account_id,
    creditAccountNumber: row.credit_account_number,
    amountMinor: row.amount_minor,
    currency: row.currency,
    ...(row.reference !== null && { reference: row.reference }),
    ...(row.end_to_end_id !== null && { endToEndId: row.end_to_end_id }),
    requestedAt: row.requested_at.toISOString(),
    ...(row.conversion !== null && { conversion: JSON.parse(row.conversion) as ConversionTerms }),
  };
}
