import type { TransferKind, TransferRequest } from '@kopeck/contracts';
import type { Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';

/** A pending transfer whose command must be sent again. */
export interface DueTransfer {
  readonly request: TransferRequest;
  readonly forwardCount: number;
}

interface DueRow {
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
  readonly forward_count: number;
}

@Injectable()
export class DueTransferRepository {
  /** Locked for this transaction; what another replica has locked is passed over. */
  async claim(tx: Transaction, limit: number): Promise<DueTransfer[]> {
    const rows = await tx.query<DueRow>(CLAIM, [limit]);
    return rows.map(dueOf);
  }

  /** @param pausesMs how long to wait for a result now, one a transfer. */
  async markForwarded(
    tx: Transaction,
    due: readonly DueTransfer[],
    pausesMs: readonly number[],
  ): Promise<void> {
    await tx.run(MARK, [due.map(({ request }) => request.transferId), pausesMs]);
    await tx.run(REMEMBER, [
      due.map(({ request }) => request.transferId),
      due.map(({ forwardCount }) => forwardCount),
    ]);
  }
}

const CLAIM = `
  SELECT id, request_id, customer_id, kind, debit_account_id, credit_account_number, amount_minor, currency, reference,
         end_to_end_id, requested_at, forward_count
    FROM transaction_manager.transfer
   WHERE status = 'pending' AND next_forward_at < clock_timestamp()
   ORDER BY next_forward_at
   LIMIT $1
     FOR UPDATE SKIP LOCKED`;

const MARK = `
  UPDATE transaction_manager.transfer t
     SET forward_count = forward_count + 1, next_forward_at = clock_timestamp() + p.pause_ms * interval '1 millisecond'
    FROM unnest($1::uuid[], $2::int[]) AS p (id, pause_ms)
   WHERE t.id = p.id`;

const REMEMBER = `
  INSERT INTO transaction_manager.reforward (transfer_id, attempt)
  SELECT * FROM unnest($1::uuid[], $2::int[]) ON CONFLICT DO NOTHING`;

function dueOf(row: DueRow): DueTransfer {
  return {
    request: {
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
    },
    forwardCount: row.forward_count,
  };
}
