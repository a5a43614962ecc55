import type { TransferRequest } from '@kopeck/contracts';
import { Database, PLANNED_ANEW } from '@kopeck/database';
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
    const rows = await this.database.query<DueRow>(LEASE, [limit, leaseMs], PLANNED_ANEW);
    return rows.map((row) => ({ request: requestOf(row), forwardCount: row.forward_count }));
  }

  /** @param pausesMs how long to wait for a result now, one a transfer. */
  async markForwarded(due: readonly DueTransfer[], pausesMs: readonly number[]): Promise<void> {
    const ids = due.map(({ request }) => request.transferId);
    const attempts = due.map(({ forwardCount }) => forwardCount);
    await this.database.query(MARK, [ids, attempts, pausesMs, MAX_REMEMBERED], PLANNED_ANEW);
  }
}

/** The statement's time, not the clock's: a value that may change within a scan can't bound it. */
const LEASE = `
  WITH due AS MATERIALIZED (
    SELECT transfer_id FROM transaction_manager.pending
     WHERE next_forward_at < statement_timestamp()
     ORDER BY next_forward_at
     LIMIT $1
       FOR NO KEY UPDATE SKIP LOCKED
  ), leased AS (
    UPDATE transaction_manager.pending p
       SET next_forward_at = clock_timestamp() + $2 * interval '1 millisecond'
      FROM due
     WHERE p.transfer_id = due.transfer_id
    RETURNING p.transfer_id, p.forward_count
  )
  SELECT ${REQUEST_COLUMNS}, forward_count FROM leased JOIN transaction_manager.transfer ON id = transfer_id`;

/**
 * A result may have come while the command was on its way: what was sent counts, but nothing is due any more. What is
 * locked is being settled: passed over, so that nobody waits in a circle.
 */
const MARK = `
  WITH sent AS (
    SELECT * FROM unnest($1::uuid[], $2::int[], $3::int[]) AS sent (transfer_id, attempt, pause_ms)
  ), remembered AS (
    INSERT INTO transaction_manager.reforward (transfer_id, attempt)
    SELECT transfer_id, attempt FROM sent WHERE attempt <= $4 ORDER BY transfer_id
        ON CONFLICT DO NOTHING
  ), settled AS (
    UPDATE transaction_manager.settlement s SET forward_count = attempt + 1
      FROM sent WHERE s.transfer_id = sent.transfer_id
  ), waiting AS MATERIALIZED (
    SELECT transfer_id FROM transaction_manager.pending WHERE transfer_id = ANY($1::uuid[])
       FOR NO KEY UPDATE SKIP LOCKED
  )
  UPDATE transaction_manager.pending p
     SET forward_count = attempt + 1, next_forward_at = clock_timestamp() + pause_ms * interval '1 millisecond'
    FROM waiting JOIN sent USING (transfer_id)
   WHERE p.transfer_id = waiting.transfer_id`;
