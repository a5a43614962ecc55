import { Database, type Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import type { QuoteBody, StoredQuote } from './quote.js';

/** A quote and the moment at which it was looked at, by the database's clock. */
export interface FoundQuote {
  readonly stored: StoredQuote;
  readonly now: Date;
}

@Injectable()
export class QuoteRepository {
  constructor(private readonly database: Database) {}

  /** @returns the quote as it stands under its id now: the one of the first time, should this be a repeat. */
  async create(body: QuoteBody, ttlMs: number): Promise<FoundQuote> {
    const { quoteId, customerId } = body.quote;
    const [row] = await this.database.query<QuoteRow>(CREATE, [
      quoteId,
      customerId,
      JSON.stringify(body),
      ttlMs,
      null,
    ]);
    const found = row ? foundOf(row) : await this.find(quoteId, customerId);
    if (!found) throw new Error(`Quote ${quoteId} is somebody else's`);
    return found;
  }

  /** For an order: made and used in one. */
  async createBound(tx: Transaction, body: QuoteBody, ttlMs: number, transferId: string): Promise<void> {
    const { quoteId, customerId } = body.quote;
    await tx.query(CREATE, [quoteId, customerId, JSON.stringify(body), ttlMs, transferId]);
  }

  async find(quoteId: string, customerId: string): Promise<FoundQuote | undefined> {
    const [row] = await this.database.query<QuoteRow>(FIND, [quoteId, customerId]);
    return row && foundOf(row);
  }

  /** Locks quotes until the transaction ends, in the order of their ids. */
  async lock(tx: Transaction, quoteIds: readonly string[]): Promise<Map<string, StoredQuote>> {
    const rows = await tx.query<QuoteRow>(LOCK, [quoteIds]);
    return new Map(rows.map((row) => [row.id, foundOf(row).stored]));
  }

  /** After the locks: what another process did with these quotes is seen, and no time passes unnoticed. */
  async now(tx: Transaction): Promise<Date> {
    const [row] = await tx.query<{ now: Date }>(NOW);
    return row!.now;
  }

  async bind(tx: Transaction, bindings: readonly { quoteId: string; transferId: string }[]): Promise<void> {
    if (bindings.length === 0) return;
    const count = await tx.run(BIND, [
      bindings.map(({ quoteId }) => quoteId),
      bindings.map(({ transferId }) => transferId),
    ]);
    if (count !== bindings.length)
      throw new Error('A quote was bound by somebody else while it was locked here');
  }

  /** Forgets quotes that nobody has ever tried to use. @returns how many. */
  async forgetUnused(keepDays: number, limit: number): Promise<number> {
    const rows = await this.database.query(FORGET, [keepDays, limit]);
    return rows.length;
  }
}

const COLUMNS = `id, body, created_at, expires_at, transfer_id, date_trunc('milliseconds', clock_timestamp()) AS now`;

const CREATE = `
  INSERT INTO fx.quote (id, customer_id, body, created_at, expires_at, transfer_id)
  SELECT $1, $2, $3, now, now + $4 * interval '1 millisecond', $5::uuid
    FROM (SELECT date_trunc('milliseconds', clock_timestamp()) AS now) AS clock
      ON CONFLICT (id) DO NOTHING
  RETURNING ${COLUMNS}`;

const FIND = `SELECT ${COLUMNS} FROM fx.quote WHERE id = $1 AND customer_id = $2`;

const LOCK = `SELECT ${COLUMNS} FROM fx.quote WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE`;

const NOW = `SELECT date_trunc('milliseconds', clock_timestamp()) AS now`;

const BIND = `
  UPDATE fx.quote q SET transfer_id = binding.transfer_id
    FROM unnest($1::uuid[], $2::uuid[]) AS binding (quote_id, transfer_id)
   WHERE q.id = binding.quote_id AND q.transfer_id IS NULL`;

const FORGET = `
  WITH unused AS (
    SELECT id FROM fx.quote q
     WHERE transfer_id IS NULL AND expires_at < clock_timestamp() - $1 * interval '1 day'
       AND NOT EXISTS (SELECT FROM fx.conversion WHERE quote_id = q.id)
     ORDER BY expires_at LIMIT $2
       FOR UPDATE SKIP LOCKED
  )
  DELETE FROM fx.quote USING unused WHERE quote.id = unused.id RETURNING quote.id`;

interface QuoteRow {
  readonly id: string;
  readonly body: string;
  readonly created_at: Date;
  readonly expires_at: Date;
  readonly transfer_id: string | null;
  readonly now: Date;
}

function foundOf(row: QuoteRow): FoundQuote {
  const stored = {
    body: JSON.parse(row.body) as QuoteBody,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    transferId: row.transfer_id,
  };
  return { stored, now: row.now };
}
