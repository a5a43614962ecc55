import { createHash, randomUUID } from 'node:crypto';
import type { RateSource } from '@kopeck/contracts';
import { Database, type Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import type { Jump } from '../feeds/plausibility.js';
import type { FeedBulletin } from '../feeds/rate-feed.js';
import type { Validators } from '../feeds/fetch-feed.js';
import type { PriceChange } from './effective-rates.js';

export interface FeedState extends Validators {
  readonly source: RateSource;
  readonly bulletinId: string | null;
  readonly isSnapshot: boolean;
  readonly confirmedAt: Date | null;
  readonly lastAttemptAt: Date | null;
  readonly nextAttemptAt: Date;
  readonly lastError: string | null;
  readonly consecutiveFailures: number;
}

export type Same = 'in force' | 'held' | 'refused';

/** What became of a stored bulletin. */
export type BulletinStatus = 'accepted' | 'held';

/** Feeds, what they said, and what operators made of it. Writers of one source queue at its row. */
@Injectable()
export class FeedRepository {
  constructor(private readonly database: Database) {}

  async ensure(sources: readonly RateSource[]): Promise<void> {
    await this.database.query(ENSURE, [sources]);
  }

  /** Takes a due feed: until the lease ends no replica takes it. @returns undefined when it isn't due. */
  async claim(source: RateSource, leaseMs: number): Promise<FeedState | undefined> {
    const [row] = await this.database.query<FeedRow>(CLAIM, [source, leaseMs]);
    return row && feedOf(row);
  }

  async list(): Promise<FeedState[]> {
    return (await this.database.query<FeedRow>(LIST)).map(feedOf);
  }

  async lock(tx: Transaction, source: RateSource): Promise<FeedState> {
    const [row] = await tx.query<FeedRow>(LOCK, [source]);
    if (!row) throw new Error(`There is no feed ${source}`);
    return feedOf(row);
  }

  /** @param effectiveAt null for now. @returns the bulletin's id. */
  async insertBulletin(
    tx: Transaction,
    source: RateSource,
    { asOf, rates }: FeedBulletin,
    more: { readonly status: BulletinStatus; readonly isSnapshot: boolean; readonly effectiveAt?: string },
  ): Promise<string> {
    const id = randomUUID();
    const hash = contentHashOf({ asOf, rates });
    await tx.run(INSERT_BULLETIN, [
      id,
      source,
      asOf,
      more.status,
      more.isSnapshot,
      hash,
      more.effectiveAt ?? null,
    ]);
    await tx.run(INSERT_RATES, [
      id,
      rates.map(({ currency }) => currency),
      rates.map(({ value }) => value),
      rates.map(({ nominal }) => nominal),
      rates.map(({ isInverse }) => isInverse),
    ]);
    return id;
  }

  /** What became of the very same bulletin before, if it's in force, waits for an operator or was refused by one. */
  async findSame(tx: Transaction, source: RateSource, bulletin: FeedBulletin): Promise<Same | undefined> {
    const [row] = await tx.query<{ same: Same }>(FIND_SAME, [source, contentHashOf(bulletin)]);
    return row?.same;
  }

  /** Whether there is a day of the past already that is none of the snapshot's. */
  async hasHistory(tx: Transaction, source: RateSource): Promise<boolean> {
    const [row] = await tx.query<{ known: boolean }>(HAS_HISTORY, [source]);
    return row!.known;
  }

  async putInForce(tx: Transaction, source: RateSource, bulletinId: string): Promise<void> {
    await tx.run('UPDATE fx.feed SET bulletin_id = $2 WHERE source = $1', [source, bulletinId]);
  }

  async refuseHeld(tx: Transaction, source: RateSource, by: string | null, reason: string): Promise<void> {
    await tx.run(REFUSE_HELD, [source, by, reason]);
  }

  /** @returns false when it isn't held. */
  async accept(tx: Transaction, bulletinId: string, by: string, reason: string): Promise<boolean> {
    return (await tx.run(ACCEPT, [bulletinId, by, reason])) === 1;
  }

  async findHeld(tx: Pick<Transaction, 'query'>, source: RateSource): Promise<HeldRow | undefined> {
    return (await tx.query<HeldRow>(HELD, [source]))[0];
  }

  async findSourceOfHeld(bulletinId: string): Promise<RateSource | undefined> {
    const rows = await this.database.query<{ source: RateSource }>(SOURCE_OF_HELD, [bulletinId]);
    return rows[0]?.source;
  }

  /** The feed has spoken: what it said counts from now, and every change has a revision above all before it. */
  async confirm(tx: Transaction, source: RateSource, validators: Validators | null): Promise<void> {
    await tx.run(CONFIRM, [
      source,
      validators?.etag ?? null,
      validators?.lastModified ?? null,
      validators !== null,
    ]);
  }

  async raiseRevision(tx: Transaction, source: RateSource): Promise<void> {
    await tx.run(RAISE, [source]);
  }

  async insertChanges(
    tx: Transaction,
    { source, asOf, quote }: { readonly source: RateSource; readonly asOf: string; readonly quote: string },
    changes: readonly (PriceChange & { readonly isOverridden: boolean })[],
  ): Promise<void> {
    if (changes.length === 0) return;
    await tx.run(INSERT_CHANGES, [
      source,
      asOf,
      quote,
      changes.map(({ base }) => base),
      changes.map(({ oldRate }) => oldRate),
      changes.map(({ newRate }) => newRate),
      changes.map(({ isOverridden }) => isOverridden),
    ]);
  }

  async schedule(source: RateSource, inMs: number, error: string | null): Promise<void> {
    await this.database.query(SCHEDULE, [source, inMs, error]);
  }
}

export interface HeldRow {
  readonly id: string;
  readonly as_of: string;
  readonly received_at: Date;
}

export type { Jump };

function contentHashOf({ asOf, rates }: FeedBulletin): Buffer {
  const lines = rates.map((rate) => [rate.currency, rate.value, rate.nominal, rate.isInverse]);
  return createHash('sha256')
    .update(JSON.stringify([asOf, lines]))
    .digest();
}

const COLUMNS = `
  f.source, f.bulletin_id, coalesce(b.is_snapshot, false) AS is_snapshot, f.confirmed_at, f.last_attempt_at,
  f.next_attempt_at, f.last_error, f.consecutive_failures, f.etag, f.last_modified`;

const ENSURE = 'INSERT INTO fx.feed (source) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING';

const CLAIM = `
  WITH due AS (
    SELECT source FROM fx.feed WHERE source = $1 AND next_attempt_at <= clock_timestamp() FOR UPDATE SKIP LOCKED
  ), claimed AS (
    UPDATE fx.feed f SET next_attempt_at = clock_timestamp() + $2 * interval '1 millisecond', last_attempt_at = clock_timestamp()
      FROM due WHERE f.source = due.source RETURNING f.*
  )
  SELECT ${COLUMNS} FROM claimed f LEFT JOIN fx.bulletin b ON b.id = f.bulletin_id`;

const LIST = `SELECT ${COLUMNS} FROM fx.feed f LEFT JOIN fx.bulletin b ON b.id = f.bulletin_id ORDER BY f.source`;

const LOCK = `
  SELECT ${COLUMNS} FROM fx.feed f LEFT JOIN fx.bulletin b ON b.id = f.bulletin_id WHERE f.source = $1 FOR UPDATE OF f`;

const INSERT_BULLETIN = `
  INSERT INTO fx.bulletin (id, source, as_of, status, is_snapshot, content_hash, effective_at)
  VALUES ($1, $2, $3, $4, $5, $6,
          CASE WHEN $4 = 'accepted' THEN coalesce($7::timestamptz, date_trunc('milliseconds', clock_timestamp())) END)`;

const INSERT_RATES = `
  INSERT INTO fx.rate (bulletin_id, currency, value, nominal, is_inverse)
  SELECT $1, * FROM unnest($2::text[], $3::text[], $4::int[], $5::boolean[])`;

const FIND_SAME = `
  SELECT CASE WHEN b.status = 'accepted' THEN 'in force' ELSE b.status END AS same
    FROM fx.bulletin b LEFT JOIN fx.feed f ON f.bulletin_id = b.id
   WHERE b.source = $1 AND b.content_hash = $2 AND NOT b.is_snapshot
     -- One that a newer one superseded was never decided on: it may come again.
     AND (f.source IS NOT NULL OR b.status = 'held' OR (b.status = 'refused' AND b.decided_by IS NOT NULL))
   ORDER BY b.received_at DESC LIMIT 1`;

const HAS_HISTORY = `
  SELECT EXISTS (SELECT FROM fx.bulletin WHERE source = $1 AND status = 'accepted' AND NOT is_snapshot
                    AND effective_at < received_at - interval '1 day') AS known`;

const REFUSE_HELD = `
  UPDATE fx.bulletin SET status = 'refused', decided_by = $2, decision_reason = $3 WHERE source = $1 AND status = 'held'`;

const ACCEPT = `
  UPDATE fx.bulletin SET status = 'accepted', effective_at = date_trunc('milliseconds', clock_timestamp()), decided_by = $2,
         decision_reason = $3
   WHERE id = $1 AND status = 'held'`;

const HELD = `SELECT id, as_of::text, received_at FROM fx.bulletin WHERE source = $1 AND status = 'held'`;

const SOURCE_OF_HELD = `SELECT source FROM fx.bulletin WHERE id = $1 AND status = 'held'`;

const CONFIRM = `
  UPDATE fx.feed
     SET confirmed_at = date_trunc('milliseconds', clock_timestamp()), last_error = NULL, consecutive_failures = 0,
         etag = CASE WHEN $4 THEN $2 ELSE etag END, last_modified = CASE WHEN $4 THEN $3 ELSE last_modified END
   WHERE source = $1`;

/** Above all before, also of a database that was there before this one and filled the same Redis. */
const RAISE = `
  UPDATE fx.feed SET revision = greatest(revision + 1, (extract(epoch FROM clock_timestamp()) * 1000)::bigint)
   WHERE source = $1`;

const INSERT_CHANGES = `
  INSERT INTO fx.rate_change (source, as_of, quote, base, old_rate, new_rate, is_overridden)
  SELECT $1, $2, $3, * FROM unnest($4::text[], $5::text[], $6::text[], $7::boolean[])`;

const SCHEDULE = `
  UPDATE fx.feed
     SET next_attempt_at = clock_timestamp() + $2 * interval '1 millisecond',
         last_error = coalesce($3, last_error),
         consecutive_failures = CASE WHEN $3::text IS NULL THEN consecutive_failures ELSE consecutive_failures + 1 END
   WHERE source = $1`;

interface FeedRow {
  readonly source: RateSource;
  readonly bulletin_id: string | null;
  readonly is_snapshot: boolean;
  readonly confirmed_at: Date | null;
  readonly last_attempt_at: Date | null;
  readonly next_attempt_at: Date;
  readonly last_error: string | null;
  readonly consecutive_failures: number;
  readonly etag: string | null;
  readonly last_modified: string | null;
}

function feedOf(row: FeedRow): FeedState {
  return {
    source: row.source,
    bulletinId: row.bulletin_id,
    isSnapshot: row.is_snapshot,
    confirmedAt: row.confirmed_at,
    lastAttemptAt: row.last_attempt_at,
    nextAttemptAt: row.next_attempt_at,
    lastError: row.last_error,
    consecutiveFailures: row.consecutive_failures,
    etag: row.etag,
    lastModified: row.last_modified,
  };
}
