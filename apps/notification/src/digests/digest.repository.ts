import type { Transaction } from '@kopeck/database';
import { Database } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import type { News } from '../intake/news.js';
import type { Digest } from './digest.js';

/** A digest whose turn it is, or the push of whose last edition may have been lost. */
export interface ClaimedDigest extends Digest {
  readonly unsent: News | null;
}

@Injectable()
export class DigestRepository {
  constructor(private readonly database: Database) {}

  /** Locks until the transaction ends, in the order of ids; makes those that aren't there. */
  async lock(tx: Transaction, customerIds: readonly string[]): Promise<Digest[]> {
    await tx.run(MAKE, [customerIds]);
    return (await tx.query<DigestRow>(LOCK, [customerIds])).map(digestOf);
  }

  async save(tx: Transaction, digests: readonly Digest[]): Promise<void> {
    if (digests.length > 0) await tx.run(SAVE, [...columnsOf(digests), digests.map(() => null)]);
  }

  /** Other replicas pass these by until the transaction ends. */
  async claim(tx: Transaction, limit: number): Promise<ClaimedDigest[]> {
    const rows = await tx.query<DigestRow>(CLAIM, [limit]);
    return rows.map((row) => ({ ...digestOf(row), unsent: row.unsent }));
  }

  /** What was told, and is to be sent until the broker has it. */
  async saveTold(tx: Transaction, digests: readonly ClaimedDigest[]): Promise<void> {
    const unsent = digests.map(({ unsent: news }) => news && JSON.stringify(news));
    if (digests.length > 0) await tx.run(SAVE, [...columnsOf(digests), unsent]);
  }

  /** Unless there is a later edition by now. */
  async markSent(news: readonly News[]): Promise<void> {
    await this.database.query(MARK_SENT, [
      news.map(({ customerId }) => customerId),
      news.map(({ eventId }) => eventId),
    ]);
  }
}

function columnsOf(digests: readonly Digest[]): unknown[] {
  return [
    digests.map(({ customerId }) => customerId),
    digests.map(({ dueAt }) => dueAt?.toISOString() ?? null),
    digests.map(({ changes }) => JSON.stringify(changes)),
  ];
}

function digestOf({ customer_id, due_at, changes }: DigestRow): Digest {
  return { customerId: customer_id, dueAt: due_at, changes };
}

const MAKE = `
  INSERT INTO notification.digest (customer_id, changes)
  SELECT customer_id, '{}' FROM unnest($1::uuid[]) AS asked (customer_id) ORDER BY customer_id
      ON CONFLICT DO NOTHING`;

const LOCK = `
  SELECT customer_id, due_at, changes, unsent FROM notification.digest WHERE customer_id = ANY($1::uuid[])
   ORDER BY customer_id FOR NO KEY UPDATE`;

/** A later edition keeps the one before from being forgotten while it's unsent: that one is sent first. */
const SAVE = `
  UPDATE notification.digest d SET due_at = s.due_at, changes = s.changes, unsent = COALESCE(s.unsent, d.unsent)
    FROM unnest($1::uuid[], $2::timestamptz[], $3::jsonb[], $4::jsonb[]) AS s (customer_id, due_at, changes, unsent)
   WHERE d.customer_id = s.customer_id`;

const CLAIM = `
  SELECT customer_id, due_at, changes, unsent FROM notification.digest
   WHERE due_at <= clock_timestamp() OR unsent IS NOT NULL
   ORDER BY due_at LIMIT $1 FOR NO KEY UPDATE SKIP LOCKED`;

/** In the order of ids, as `lock` has it. */
const MARK_SENT = `
  WITH sent AS (
    SELECT d.customer_id FROM notification.digest d
      JOIN unnest($1::uuid[], $2::text[]) AS sent (customer_id, event_id) USING (customer_id)
     WHERE d.unsent->>'eventId' = sent.event_id
     ORDER BY d.customer_id FOR NO KEY UPDATE OF d
  )
  UPDATE notification.digest d SET unsent = NULL FROM sent WHERE d.customer_id = sent.customer_id`;

interface DigestRow {
  readonly customer_id: string;
  readonly due_at: Date | null;
  readonly changes: Digest['changes'];
  readonly unsent: News | null;
}
