import type { OrderStatus, OrderView, PlaceOrder } from '@kopeck/contracts';
import { Database, type Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';

/** An order as it's stored. */
export interface Order extends OrderView {
  readonly ordinal: string;
  readonly customerId: string;
  readonly quoteId: string | null;
  readonly endedAt: string | null;
}

export interface Pair {
  readonly base: string;
  readonly quote: string;
}

@Injectable()
export class OrderRepository {
  constructor(private readonly database: Database) {}

  /**
   * Counts and inserts under one lock a customer: two requests at once can't both be the last that fits.
   *
   * @returns undefined when there are as many active ones as there may be; the one of the first time for a repeat.
   */
  place(order: PlaceOrder, maxActive: number): Promise<Order | undefined> {
    const { orderId, customerId, debitAccountId, creditAccountNumber } = order;
    const { sellCurrency, buyCurrency, sellMinor, targetRate, expiresAt } = order;
    const params = [orderId, customerId, debitAccountId, creditAccountNumber, sellCurrency, buyCurrency];
    return this.database.transaction(async (tx) => {
      await tx.query(LOCK_CUSTOMER, [customerId]);
      const known = await this.find(orderId, customerId, tx);
      if (known) return known;
      const rows = await tx.query<OrderRow>(PLACE, [...params, sellMinor, targetRate, expiresAt, maxActive]);
      return rows[0] && orderOf(rows[0]);
    });
  }

  async find(
    orderId: string,
    customerId: string,
    asked: Pick<Transaction, 'query'> = this.database,
  ): Promise<Order | undefined> {
    const [row] = await asked.query<OrderRow>(FIND, [orderId, customerId]);
    return row && orderOf(row);
  }

  async list(customerId: string, below: bigint, limit: number): Promise<Order[]> {
    return (await this.database.query<OrderRow>(LIST, [customerId, below.toString(), limit])).map(orderOf);
  }

  /** @returns undefined when it isn't active any more. */
  async cancel(orderId: string, customerId: string): Promise<Order | undefined> {
    const [row] = await this.database.query<OrderRow>(CANCEL, [orderId, customerId]);
    return row && orderOf(row);
  }

  /** Pairs that somebody waits for. */
  async findPairs(): Promise<Pair[]> {
    return this.database.query<Pair>(PAIRS);
  }

  /** Takes orders whose rate is reached; what another process is taking is passed over. */
  async lockReached(tx: Transaction, { base, quote }: Pair, rate: string, limit: number): Promise<Order[]> {
    return (await tx.query<OrderRow>(REACHED, [base, quote, rate, limit])).map(orderOf);
  }

  async trigger(tx: Transaction, orderId: string, quoteId: string, transferId: string): Promise<void> {
    await tx.run(TRIGGER, [orderId, quoteId, transferId]);
  }

  async expire(tx: Transaction, orderId: string): Promise<void> {
    await tx.run(EXPIRE, [orderId]);
  }

  async expireDue(limit: number): Promise<void> {
    await this.database.query(EXPIRE_DUE, [limit]);
  }

  /** Ended, and the broker doesn't have what follows yet. */
  async findUnsent(olderThanMs: number, limit: number): Promise<Order[]> {
    return (await this.database.query<OrderRow>(UNSENT, [olderThanMs, limit])).map(orderOf);
  }

  async markSent(orderIds: readonly string[]): Promise<void> {
    await this.database.query(MARK_SENT, [orderIds]);
  }
}

const COLUMNS = `
  id, ordinal, customer_id, debit_account_id, credit_account_number, sell_currency, buy_currency, sell_minor,
  trim_scale(target_rate)::text AS target_rate, status, created_at, expires_at, ended_at, quote_id, transfer_id`;

const LOCK_CUSTOMER = `SELECT pg_advisory_xact_lock(hashtextextended('fx.conversion_order:' || $1, 0))`;

const PLACE = `
  INSERT INTO fx.conversion_order
    (id, customer_id, debit_account_id, credit_account_number, sell_currency, buy_currency, sell_minor, target_rate, expires_at)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9
   WHERE (SELECT count(*) FROM fx.conversion_order WHERE customer_id = $2 AND status = 'active') < $10
  RETURNING ${COLUMNS}`;

const FIND = `SELECT ${COLUMNS} FROM fx.conversion_order WHERE id = $1 AND customer_id = $2`;

const LIST = `
  SELECT ${COLUMNS} FROM fx.conversion_order WHERE customer_id = $1 AND ordinal < $2 ORDER BY ordinal DESC LIMIT $3`;

const CANCEL = `
  UPDATE fx.conversion_order SET status = 'cancelled', ended_at = clock_timestamp()
   WHERE id = $1 AND customer_id = $2 AND status = 'active' RETURNING ${COLUMNS}`;

const PAIRS = `
  SELECT DISTINCT sell_currency AS base, buy_currency AS quote FROM fx.conversion_order WHERE status = 'active'`;

const REACHED = `
  SELECT ${COLUMNS} FROM fx.conversion_order
   WHERE status = 'active' AND sell_currency = $1 AND buy_currency = $2 AND target_rate <= $3::numeric
     AND expires_at > clock_timestamp()
   ORDER BY ordinal LIMIT $4 FOR UPDATE SKIP LOCKED`;

const TRIGGER = `
  UPDATE fx.conversion_order
     SET status = 'triggered', ended_at = date_trunc('milliseconds', clock_timestamp()), quote_id = $2, transfer_id = $3
   WHERE id = $1`;

const EXPIRE = `UPDATE fx.conversion_order SET status = 'expired', ended_at = clock_timestamp() WHERE id = $1`;

const EXPIRE_DUE = `
  WITH due AS (
    SELECT id FROM fx.conversion_order WHERE status = 'active' AND expires_at <= clock_timestamp()
     ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED
  )
  UPDATE fx.conversion_order o SET status = 'expired', ended_at = clock_timestamp() FROM due WHERE o.id = due.id`;

const UNSENT = `
  SELECT ${COLUMNS} FROM fx.conversion_order
   WHERE sent_at IS NULL AND status IN ('triggered', 'expired')
     AND ended_at <= clock_timestamp() - $1 * interval '1 millisecond'
   ORDER BY ended_at LIMIT $2`;

const MARK_SENT = 'UPDATE fx.conversion_order SET sent_at = clock_timestamp() WHERE id = ANY($1::uuid[])';

interface OrderRow {
  readonly id: string;
  readonly ordinal: string;
  readonly customer_id: string;
  readonly debit_account_id: string;
  readonly credit_account_number: string;
  readonly sell_currency: string;
  readonly buy_currency: string;
  readonly sell_minor: string;
  readonly target_rate: string;
  readonly status: OrderStatus;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly ended_at: Date | null;
  readonly quote_id: string | null;
  readonly transfer_id: string | null;
}

function orderOf(row: OrderRow): Order {
  return {
    ordinal: row.ordinal,
    customerId: row.customer_id,
    quoteId: row.quote_id,
    orderId: row.id,
    debitAccountId: row.debit_account_id,
    creditAccountNumber: row.credit_account_number,
    sellCurrency: row.sell_currency,
    buyCurrency: row.buy_currency,
    sellMinor: row.sell_minor,
    targetRate: row.target_rate,
    status: row.status,
    transferId: row.transfer_id,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    triggeredAt: row.status === 'triggered' ? (row.ended_at?.toISOString() ?? null) : null,
  };
}
