import type { RefusalReason, TransferStatus } from '@kopeck/contracts';
import { Database } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import type { RequestRow } from './request-row.js';
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
    const { customerId, status, pendingForSeconds, limit } = filter;
    // What is settled isn't pending, however long.
    if (pendingForSeconds !== null && status !== null && status !== 'pending') return [];
    const below = filter.below.toString();
    const rows =
      customerId === null
        ? await this.listAll(pendingForSeconds === null ? status : 'pending', pendingForSeconds, below, limit)
        : await this.database.query<TransferRow>(LIST_OF_CUSTOMER, [
            customerId,
            status,
            pendingForSeconds,
            below,
            limit,
          ]);
    return rows.map(transferOf);
  }

  /** The oldest first, as many as are remembered. */
  async findReforwards(transferId: string): Promise<Date[]> {
    const rows = await this.database.query<{ forwarded_at: Date }>(FIND_REFORWARDS, [
      transferId,
      MAX_REFORWARDS,
    ]);
    return rows.map(({ forwarded_at }) => forwarded_at);
  }

  private listAll(
    status: TransferStatus | null,
    pendingForSeconds: number | null,
    below: string,
    limit: number,
  ): Promise<TransferRow[]> {
    if (status !== 'pending') return this.database.query(LIST_ALL[status ?? 'any'], [below, limit]);
    return this.database.query(LIST_PENDING, [below, limit, pendingForSeconds]);
  }
}

const COLUMNS = `
  ordinal, id, request_id, customer_id, credit_customer_id, kind, status, reason, debit_account_id, credit_account_id,
  credit_account_number, amount_minor, currency, reference, end_to_end_id, requested_at, accepted_at, settled_at,
  forward_count, decided_by_ledger`;

const FIND = `
  SELECT ${COLUMNS} FROM transaction_manager.transfer
   WHERE id = $1 AND ($2::uuid IS NULL OR customer_id = $2 OR credit_customer_id = $2)`;

/**
 * A text for each status, not a parameter: only then does a plan that serves all values read the index of that status. Of
 * all transfers, a page of either index is enough.
 */
const LIST_ALL = {
  any: `
  SELECT * FROM (
    (${pageWhere("status = 'pending'")})
    UNION ALL
    (${pageWhere("status <> 'pending'")})
  ) AS either ORDER BY ordinal DESC LIMIT $2`,
  completed: pageWhere("status = 'completed' AND status <> 'pending'"),
  failed: pageWhere("status = 'failed'"),
};

const LIST_PENDING = pageWhere(`status = 'pending' AND ${pendingFor(3)}`);

function pageWhere(condition: string): string {
  return `
    SELECT ${COLUMNS} FROM transaction_manager.transfer
     WHERE ${condition} AND ordinal < $1
     ORDER BY ordinal DESC LIMIT $2`;
}

function pendingFor(parameter: number): string {
  return `($${parameter}::int IS NULL
      OR (status = 'pending' AND accepted_at < clock_timestamp() - $${parameter} * interval '1 second'))`;
}

const OF_CUSTOMER = `($2::text IS NULL OR status = $2) AND ${pendingFor(3)} AND ordinal < $4`;

/** Either side's index is read in order, and no further than the page. */
const LIST_OF_CUSTOMER = `
  SELECT * FROM (
    (SELECT ${COLUMNS} FROM transaction_manager.transfer
      WHERE customer_id = $1 AND ${OF_CUSTOMER}
      ORDER BY ordinal DESC LIMIT $5)
    UNION ALL
    (SELECT ${COLUMNS} FROM transaction_manager.transfer
      WHERE credit_customer_id = $1 AND customer_id <> $1 AND ${OF_CUSTOMER}
      ORDER BY ordinal DESC LIMIT $5)
  ) AS either ORDER BY ordinal DESC LIMIT $5`;

const FIND_REFORWARDS = `
  SELECT forwarded_at FROM transaction_manager.reforward WHERE transfer_id = $1 ORDER BY attempt LIMIT $2`;

interface TransferRow extends RequestRow {
  readonly ordinal: string;
  readonly credit_customer_id: string | null;
  readonly status: TransferStatus;
  readonly reason: RefusalReason | null;
  readonly credit_account_id: string | null;
  readonly accepted_at: Date;
  readonly settled_at: Date | null;
  readonly forward_count: number;
  readonly decided_by_ledger: boolean;
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
    isDecidedByLedger: row.decided_by_ledger,
  };
}
