import type { ConversionTerms, RefusalReason, TransferStatus } from '@kopeck/contracts';
import { Database, PLANNED_ANEW } from '@kopeck/database';
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
    const rows = await this.database.query<TransferRow>(FIND, [transferId, customerId], PLANNED_ANEW);
    return rows[0] && transferOf(rows[0]);
  }

  /** Newest first. */
  async list(filter: ListFilter): Promise<RegisteredTransfer[]> {
    const { customerId, status, pendingForSeconds, limit } = filter;
    // What is settled isn't pending, however long.
    if (pendingForSeconds !== null && status !== null && status !== 'pending') return [];
    const shown = pendingForSeconds === null ? (status ?? 'any') : 'pending';
    const age = shown === 'pending' ? [pendingForSeconds] : [];
    const page = [filter.below.toString(), limit];
    const rows = await (customerId === null
      ? this.database.query<TransferRow>(LIST_ALL[shown], [...page, ...age], PLANNED_ANEW)
      : this.database.query<TransferRow>(
          LIST_OF_CUSTOMER[shown],
          [...page, customerId, ...age],
          PLANNED_ANEW,
        ));
    return rows.map(transferOf);
  }

  /** The oldest first, as many as are remembered. */
  async findReforwards(transferId: string): Promise<Date[]> {
    const rows = await this.database.query<{ forwarded_at: Date }>(
      FIND_REFORWARDS,
      [transferId, MAX_REFORWARDS],
      PLANNED_ANEW,
    );
    return rows.map(({ forwarded_at }) => forwarded_at);
  }
}

const COLUMNS = `
  t.ordinal, id, request_id, customer_id, credit_customer_id, kind, coalesce(s.status, 'pending') AS status, reason,
  debit_account_id, credit_account_id, credit_account_number, amount_minor, currency, reference, end_to_end_id,
  requested_at, conversion, accepted_at, settled_at, coalesce(decided_by_ledger, false) AS decided_by_ledger`;

const TRANSFER = 'transaction_manager.transfer t';
const SETTLEMENT = 'transaction_manager.settlement s';
const OUTCOMES = `LEFT JOIN ${SETTLEMENT} ON s.transfer_id = t.id`;

/** Only one transfer's steps tell how often it was forwarded. A transfer is pending or settled, never both. */
const FIND = `
  SELECT ${COLUMNS}, coalesce(s.forward_count, p.forward_count) AS forward_count
    FROM ${TRANSFER} ${OUTCOMES} LEFT JOIN transaction_manager.pending p ON p.transfer_id = t.id
   WHERE t.id = $1 AND ($2::uuid IS NULL OR customer_id = $2 OR (credit_customer_id = $2 AND s.status = 'completed'))`;

/** $1 below which ordinal, $2 how many. @param ordered whose ordinal's index is read, no further than the page. */
function pageOf(rows: string, ordered: string, condition: string): string {
  return `
    SELECT ${COLUMNS}, 0 AS forward_count FROM ${rows}
     WHERE ${condition} AND ${ordered}.ordinal < $1
     ORDER BY ${ordered}.ordinal DESC LIMIT $2`;
}

function isPendingFor(parameter: number): string {
  return `($${parameter}::int IS NULL OR accepted_at < clock_timestamp() - $${parameter} * interval '1 second')`;
}

type Shown = TransferStatus | 'any';

/** A text for each status, not a parameter: only then does a plan that serves all values start from that status's rows. */
const LIST_ALL: Readonly<Record<Shown, string>> = {
  any: pageOf(`${TRANSFER} ${OUTCOMES}`, 't', 'true'),
  completed: pageOf(`${TRANSFER} ${OUTCOMES}`, 't', "s.status = 'completed'"),
  failed: pageOf(`${SETTLEMENT} JOIN ${TRANSFER} ON t.id = s.transfer_id`, 's', "s.status = 'failed'"),
  pending: pageOf(
    `transaction_manager.pending p JOIN ${TRANSFER} ON t.id = p.transfer_id ${OUTCOMES}`,
    'p',
    isPendingFor(3),
  ),
};

const OUTGOING = `${TRANSFER} ${OUTCOMES}`;
const INCOMING = pageOf(
  `${SETTLEMENT} JOIN ${TRANSFER} ON t.id = s.transfer_id`,
  's',
  "credit_customer_id = $3 AND s.status = 'completed' AND customer_id <> $3",
);

const LIST_OF_CUSTOMER: Readonly<Record<Shown, string>> = {
  any: eitherOf(pageOf(OUTGOING, 't', 'customer_id = $3'), INCOMING),
  completed: eitherOf(pageOf(OUTGOING, 't', "customer_id = $3 AND s.status = 'completed'"), INCOMING),
  // These have not reached a recipient.
  failed: pageOf(OUTGOING, 't', "customer_id = $3 AND s.status = 'failed'"),
  pending: pageOf(OUTGOING, 't', `customer_id = $3 AND s.status IS NULL AND ${isPendingFor(4)}`),
};

function eitherOf(one: string, other: string): string {
  return `SELECT * FROM ((${one}) UNION ALL (${other})) AS either ORDER BY ordinal DESC LIMIT $2`;
}

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
    conversion: row.conversion === null ? null : (JSON.parse(row.conversion) as ConversionTerms),
    acceptedAt: row.accepted_at,
    settledAt: row.settled_at,
    forwardCount: row.forward_count,
    isDecidedByLedger: row.decided_by_ledger,
  };
}
