import type { TransferRequest } from '@kopeck/contracts';
import { Database } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import { REQUEST_COLUMNS, requestOf, type RequestRow } from './request-row.js';

/** A pending transfer whose command must be sent again. */
export interface DueTransfer {
  readonly request: TransferRequest;
  /** How often it was sent so far. */
  readonly forwardCount: number;
}

interface DueRow extends RequestRow {
  readonly forward_count: number;
}

/** Repeats of one transfer that are written down one by one. */
const MAX_REMEMBERED = 50;

/** Transfers without a result. One statement is one database transaction: nothing is locked while the broker is asked. */
@Injectable()
export class DueTransferRepository {
  constructor(private readonly database: Database) {}

  /**
   * Takes due transfers, for a while: until the lease ends no replica takes them. What another one is taking at this
   * moment is passed over.
   */
  async lease(limit: number, leaseMs: number): Promise<DueTransfer[]> {
    const rows = await this.database.query<DueRow>(LEASE, [limit, leaseMs]);
    return rows.map((row) => ({ request: requestOf(row), forwardCount: row.forward_count }));
  }

  /** @param pausesMs how long to wait for a result now, one a transfer. */
  async markForwarded(due: readonly DueTransfer[], pausesMs: readonly number[]): Promise<void> {
    const ids = due.map(({ request }) => request.transferId);
    await this.database.query(MARK, [ids, pausesMs, MAX_REMEMBERED]);
  }
}

const LEASE = `
  WITH due AS MATERIALIZED (
    SELECT id AS due_id FROM transaction_manager.transfer
     WHERE status = 'pending' AND next_forward_at < clock_timestamp()
     ORDER BY next_forward_at
     LIMIT $1
       FOR NO KEY UPDATE SKIP LOCKED
  )
  UPDATE transaction_manager.transfer
     SET next_forward_at = clock_timestamp() + $2 * interval '1 millisecond'
    FROM due
   WHERE id = due_id
  RETURNING ${REQUEST_COLUMNS}, forward_count`;

/** A result may have come while the command was on its way: what was sent counts, but nothing is due any more. */
const MARK = `
  WITH sent AS MATERIALIZED (
    SELECT id FROM transaction_manager.transfer WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE
  ), marked AS (
    UPDATE transaction_manager.transfer t
       SET forward_count = forward_count + 1,
           next_forward_at = CASE WHEN status = 'pending' THEN clock_timestamp() + pause_ms * interval '1 millisecond' END
      FROM sent
      JOIN unnest($1::uuid[], $2::int[]) AS pause (id, pause_ms) USING (id)
     WHERE t.id = sent.id
    RETURNING t.id, t.forward_count - 1 AS attempt
  )
  INSERT INTO transaction_manager.reforward (transfer_id, attempt)
  SELECT id, attempt FROM marked WHERE attempt BETWEEN 1 AND $3 ORDER BY id, attempt
      ON CONFLICT DO NOTHING`;
