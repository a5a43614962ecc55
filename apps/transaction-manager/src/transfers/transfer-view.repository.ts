import type { RefusalReason, TransferKind, TransferStatus } from '@kopeck/contracts';
import { Database } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import type { RegisteredTransfer } from './transfer-view.js';

/** Which transfers a list shows; `null` where anything will do. */
export interface ListFilter {
  readonly customerId: string | null;
  readonly status: TransferStatus | null;
  readonly pendingForSeconds: number | null;
  /** Only below this ordinal. */
  readonly below: bigint;
  readonly limit: number;
}

/** Re-forwardings that are told one by one. */
const MAX_REFORWARDS = 50;

@Injectable()
export class TransferViewRepository {
  constructor(private readonly database: Database) {}

  /** @param customerId a party to it; null for an operator. */
  async find(transferId: string, customerId: string | null): Promise<RegisteredTransfer | undefined> {
    const rows = await this.database.query<TransferRow>(FIND, [transferId, customerId]);
    return rows[0] && transferOf(rows[0]);
  }

  /** Newest first. */
  async list(filter: ListFilter): Promise<RegisteredTransfer[]> {
    const { customerId, status, pendingForSeconds, below, limit } = filter;
    const rows =
      customerId === null
        ? await this.database.query<TransferRow>(LIST_ALL, [
            status,
            pendingForSeconds,
            below.toString(),
            limit,
          ])
        : await this.database.query<TransferRow>(LIST_OF_CUSTOMER, [
            customerId,
            status,
            below.toString(),
            limit,
          ]);
    return rows.map(transferOf);
  }

  async findReforwards(transferId: string): Promise<Date[]> {
    const rows = await this.database.query<{ forwarded_at: Date }>(FIND_REFORWARDS, [
      transferId,
      MAX_REFORWARDS,
    ]);
    return rows.map(({ forwarded_at }) => forwarded_at);
  }
}

const COLUMNS = `
  ordinal, id, request_id, customer_id, credit_customer_id, kind, status, reason, debit_account_id, credit_account_id,
  credit_account_number, amount_minor, currency, reference, end_to_end_id, requested_at, accepted_at, settled_at,
  forward_count`;

const FIND = `
  SELECT ${COLUMNS} FROM transaction_manager.transfer
   WHERE id = $1 AND ($2::uuid IS NULL OR customer_id = $2 OR credit_customer_id = $2)`;

const LIST_ALL = `
  SELECT ${COLUMNS} FROM transaction_manager.transfer
   WHERE ($1::text IS NULL OR status = $1)
     AND ($2::int IS NULL OR (status = 'pending' AND accepted_at < clock_timestamp() - $2 * interval '1 second'))
     AND ordinal < $3
   ORDER BY ordinal DESC LIMIT $4`;

/** Either side's index is read in order, and no further than the page. */
const LIST_OF_CUSTOMER = `
  SELECT ${COLUMNS} FROM (
    (SELECT * FROM transaction_manager.transfer
      WHERE customer_id = $1 AND ($2::text IS NULL OR status = $2) AND ordinal < $3
      ORDER BY ordinal DESC LIMIT $4)
    UNION ALL
    (SELECT * FROM transaction_manager.transfer
      WHERE credit_customer_id = $1 AND customer_id <> $1 AND ($2::text IS NULL OR status = $2) AND ordinal < $3
      ORDER BY ordinal DESC LIMIT $4)
  ) AS either ORDER BY ordinal DESC LIMIT $4`;

const FIND_REFORWARDS = `
  SELECT forwarded_at FROM transaction_manager.reforward WHERE transfer_id = $1 ORDER BY attempt LIMIT $2`;

interface TransferRow {
  readonly ordinal: string;
  readonly id: string;
  readonly request_id: string;
  readonly customer_id: string;
  readonly credit_customer_id: string | null;
  readonly kind: TransferKind;
  readonly status: TransferStatus;
  readonly reason: RefusalReason | null;
  readonly debit_account_id: string;
  readonly credit_account_id: string | null;
  readonly credit_account_number: string;
  readonly amount_minor: string;
  readonly currency: string;
  readonly reference: string | null;
  readonly end_to_end_id: string | null;
  readonly requested_at: Date;
  readonly accepted_at: Date;
  readonly settled_at: Date | null;
  readonly forward_count: number;
}

function transferOf(row: TransferRow): RegisteredTransfer {
  return {
    ordinal: row.ordinal,
    transferId: row.id,
    requestId: row.request_id,
    customerId: row.customer_id,
    creditCustomerId: row.credit_customer_id,
    kind: row.kind,
    status: row.status,
    reason: row.reason,
    debitAccountId: row.debit_account_id,
    creditAccountId: row.credit_account_id,
    creditAccountNumber: row.credit_account_number,
    amountMinor: row.amount_minor,
    currency: row.currency,
    reference: row.reference,
    endToEndId: row.end_to_end_id,
    requestedAt: row.requested_at,
    acceptedAt: row.accepted_at,
    settledAt: row.settled_at,
    forwardCount: row.forward_count,
    // What was refused here was never forwarded.
    isDecidedByLedger: row.forward_count > 0,
  };
}
