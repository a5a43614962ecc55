import type { AlertKind, AlertView, PlaceAlert } from '@kopeck/contracts';
import { Database, type Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import type { Pair } from '../orders/order.repository.js';

/** An alert as it's stored. */
export interface Alert extends AlertView {
  readonly ordinal: string;
  readonly customerId: string;
}

/** A rate as alerts are compared with it: texts of ten decimals around the exact one. */
export interface ReachedRate {
  readonly roundedDown: string;
  readonly roundedUp: string;
  /** Half-even: what is told. */
  readonly rate: string;
}

@Injectable()
export class AlertRepository {
  constructor(private readonly database: Database) {}

  /** @returns undefined when there are as many active ones as there may be; the one of the first time for a repeat. */
  place(alert: PlaceAlert, startRate: string, maxActive: number): Promise<Alert | undefined> {
    const { alertId, customerId, base, quote, kind } = alert;
    const isMove = kind === 'moves_by';
    return this.database.transaction(async (tx) => {
      await tx.query(LOCK_CUSTOMER, [customerId]);
      const known = await this.find(alertId, customerId, tx);
      if (known) return known;
      const rows = await tx.query<AlertRow>(PLACE, [
        alertId,
        customerId,
        base,
        quote,
        kind,
        isMove ? null : alert.rate,
        isMove ? alert.percent : null,
        startRate,
        maxActive,
      ]);
      return rows[0] && alertOf(rows[0]);
    });
  }

  async find(
    alertId: string,
    customerId: string,
    asked: Pick<Transaction, 'query'> = this.database,
  ): Promise<Alert | undefined> {
    const [row] = await asked.query<AlertRow>(FIND, [alertId, customerId]);
    return row && alertOf(row);
  }

  async list(customerId: string, below: bigint, limit: number): Promise<Alert[]> {
    return (await this.database.query<AlertRow>(LIST, [customerId, below.toString(), limit])).map(alertOf);
  }

  /** @returns undefined when it isn't active any more. */
  async cancel(alertId: string, customerId: string): Promise<Alert | undefined> {
    const [row] = await this.database.query<AlertRow>(CANCEL, [alertId, customerId]);
    return row && alertOf(row);
  }

  async findPairs(): Promise<Pair[]> {
    return this.database.query<Pair>(PAIRS);
  }

  /** Ends alerts whose rate is reached, each once. @returns how many. */
  async tell(
    { base, quote }: Pair,
    { roundedDown, roundedUp, rate }: ReachedRate,
    limit: number,
  ): Promise<number> {
    const rows = await this.database.query(TELL, [base, quote, roundedDown, roundedUp, rate, limit]);
    return rows.length;
  }

  async findUnsent(olderThanMs: number, limit: number): Promise<Alert[]> {
    return (await this.database.query<AlertRow>(UNSENT, [olderThanMs, limit])).map(alertOf);
  }

  async markSent(alertIds: readonly string[]): Promise<void> {
    await this.database.query(MARK_SENT, [alertIds]);
  }
}

const COLUMNS = `
  id, ordinal, customer_id, base, quote, kind, trim_scale(rate)::text AS rate, trim_scale(percent)::text AS percent,
  start_rate::text, status, created_at, told_at, told_rate::text`;

const LOCK_CUSTOMER = `SELECT pg_advisory_xact_lock(hashtextextended('fx.rate_alert:' || $1, 0))`;

const PLACE = `
  INSERT INTO fx.rate_alert (id, customer_id, base, quote, kind, rate, percent, start_rate)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8
   WHERE (SELECT count(*) FROM fx.rate_alert WHERE customer_id = $2 AND status = 'active') < $9
  RETURNING ${COLUMNS}`;

const FIND = `SELECT ${COLUMNS} FROM fx.rate_alert WHERE id = $1 AND customer_id = $2`;

const LIST = `SELECT ${COLUMNS} FROM fx.rate_alert WHERE customer_id = $1 AND ordinal < $2 ORDER BY ordinal DESC LIMIT $3`;

const CANCEL = `
  UPDATE fx.rate_alert SET status = 'cancelled' WHERE id = $1 AND customer_id = $2 AND status = 'active'
  RETURNING ${COLUMNS}`;

const PAIRS = `SELECT DISTINCT base, quote FROM fx.rate_alert WHERE status = 'active'`;

const TELL = `
  WITH reached AS (
    SELECT id FROM fx.rate_alert
     WHERE status = 'active' AND base = $1 AND quote = $2
       AND CASE kind
             WHEN 'at_or_above' THEN rate <= $3::numeric
             WHEN 'at_or_below' THEN rate >= $4::numeric
             ELSE abs($5::numeric - start_rate) * 100 >= percent * start_rate
           END
     ORDER BY ordinal LIMIT $6 FOR UPDATE SKIP LOCKED
  )
  UPDATE fx.rate_alert a
     SET status = 'told', told_at = date_trunc('milliseconds', clock_timestamp()), told_rate = $5::numeric
    FROM reached WHERE a.id = reached.id
  RETURNING a.id`;

const UNSENT = `
  SELECT ${COLUMNS} FROM fx.rate_alert
   WHERE sent_at IS NULL AND status = 'told' AND told_at <= clock_timestamp() - $1 * interval '1 millisecond'
   ORDER BY told_at LIMIT $2`;

const MARK_SENT = 'UPDATE fx.rate_alert SET sent_at = clock_timestamp() WHERE id = ANY($1::uuid[])';

interface AlertRow {
  readonly id: string;
  readonly ordinal: string;
  readonly customer_id: string;
  readonly base: string;
  readonly quote: string;
  readonly kind: AlertKind;
  readonly rate: string | null;
  readonly percent: string | null;
  readonly start_rate: string;
  readonly status: AlertView['status'];
  readonly created_at: Date;
  readonly told_at: Date | null;
  readonly told_rate: string | null;
}

function alertOf(row: AlertRow): Alert {
  return {
    ordinal: row.ordinal,
    customerId: row.customer_id,
    alertId: row.id,
    base: row.base,
    quote: row.quote,
    kind: row.kind,
    rate: row.rate,
    percent: row.percent,
    startRate: row.start_rate,
    status: row.status,
    createdAt: row.created_at.toISOString(),
    toldAt: row.told_at?.toISOString() ?? null,
    toldRate: row.told_rate,
  };
}
