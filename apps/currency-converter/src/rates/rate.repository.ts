import type { RateOverrideView, RateSource } from '@kopeck/contracts';
import { Database, type Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import type { FeedRate } from '../feeds/rate-feed.js';
import type { Bulletin } from './bulletin.js';
import { bulletinOf, pricesOf, type EffectiveRates } from './effective-rates.js';

/** Anything that a statement can be sent to. */
type Asked = Pick<Database | Transaction, 'query'>;

/** One day or moment of a source's history, with the two currencies that were asked for. */
export interface HistoricRates {
  readonly at: Date;
  readonly base: FeedRate | null;
  readonly quote: FeedRate | null;
}

/** What is in force, and what was. */
@Injectable()
export class RateRepository {
  constructor(private readonly database: Database) {}

  /** @returns undefined before a source's first bulletin. */
  async loadEffective(source: RateSource, asked: Asked = this.database): Promise<EffectiveRates | undefined> {
    const [feed] = await asked.query<FeedRow>(IN_FORCE, [source]);
    if (!feed) return undefined;
    const rates = await asked.query<RateRow>(RATES, [[feed.bulletin_id, feed.previous_id]]);
    const ratesOf = (id: string | null) => rates.filter((row) => row.bulletin_id === id).map(rateOf);
    const overrides = await this.loadOverrides(source, asked);
    const bulletin = bulletinOf(source, feed.as_of, ratesOf(feed.bulletin_id), overrides);
    return {
      source,
      revision: Number(feed.revision),
      asOf: feed.as_of,
      confirmedAt: feed.confirmed_at.toISOString(),
      isSnapshot: feed.is_snapshot,
      prices: pricesOf(bulletin),
      previous: pricesOf(bulletinOf(source, feed.as_of, ratesOf(feed.previous_id))),
      overridden: overrides.map(({ currency }) => currency),
    };
  }

  /** A bulletin as its source wrote it, without overrides. */
  async loadBulletin(source: RateSource, id: string, asked: Asked): Promise<Bulletin> {
    const [row] = await asked.query<{ as_of: string }>('SELECT as_of::text FROM fx.bulletin WHERE id = $1', [
      id,
    ]);
    if (!row) throw new Error(`There is no bulletin ${id}`);
    const rates = await asked.query<RateRow>(RATES, [[id]]);
    return bulletinOf(source, row.as_of, rates.map(rateOf));
  }

  /** Those that count now; what has expired is ended within a second. */
  async loadOverrides(source: RateSource, asked: Asked = this.database): Promise<RateOverrideView[]> {
    const rows = await asked.query<OverrideRow>(OVERRIDES, [source]);
    return rows.map(overrideOf);
  }

  /** @returns revisions by source: what Redis must have. */
  async loadRevisions(): Promise<Map<string, number>> {
    const rows = await this.database.query<{ source: string; revision: string }>(REVISIONS);
    return new Map(rows.map(({ source, revision }) => [source, Number(revision)]));
  }

  /** In order of time, from inclusive, to exclusive. */
  async loadHistory(
    source: RateSource,
    [base, quote]: readonly [string, string],
    [from, to]: readonly [string, string],
    limit: number,
  ): Promise<HistoricRates[]> {
    const rows = await this.database.query<HistoryRow>(HISTORY, [source, base, quote, from, to, limit]);
    return rows.map((row) => ({
      at: row.effective_at,
      base: sideOf(base, row.base_value, row.base_nominal, row.base_inverse),
      quote: sideOf(quote, row.quote_value, row.quote_nominal, row.quote_inverse),
    }));
  }
}

const IN_FORCE = `
  SELECT f.revision, f.confirmed_at, f.bulletin_id, b.as_of::text, b.is_snapshot,
         (SELECT id FROM fx.bulletin p
           WHERE p.source = f.source AND p.status = 'accepted' AND p.is_snapshot = b.is_snapshot
             AND p.effective_at < b.effective_at
           ORDER BY p.effective_at DESC LIMIT 1) AS previous_id
    FROM fx.feed f JOIN fx.bulletin b ON b.id = f.bulletin_id
   WHERE f.source = $1`;

const RATES = `SELECT bulletin_id, currency, value, nominal, is_inverse FROM fx.rate WHERE bulletin_id = ANY($1::uuid[])`;

const OVERRIDES = `
  SELECT id, source, currency, rate, reason, operator_id, created_at, expires_at FROM fx.rate_override
   WHERE source = $1 AND ended_at IS NULL
   ORDER BY currency`;

const REVISIONS = 'SELECT source, revision FROM fx.feed WHERE bulletin_id IS NOT NULL';

const HISTORY = `
  SELECT b.effective_at, base.value AS base_value, base.nominal AS base_nominal, base.is_inverse AS base_inverse,
         quote.value AS quote_value, quote.nominal AS quote_nominal, quote.is_inverse AS quote_inverse
    FROM fx.feed f
    JOIN fx.bulletin in_force ON in_force.id = f.bulletin_id
    JOIN fx.bulletin b ON b.source = f.source
    LEFT JOIN fx.rate base ON base.bulletin_id = b.id AND base.currency = $2
    LEFT JOIN fx.rate quote ON quote.bulletin_id = b.id AND quote.currency = $3
   WHERE b.source = $1 AND b.status = 'accepted' AND b.is_snapshot = in_force.is_snapshot AND b.effective_at >= $4 AND b.effective_at < $5
   ORDER BY b.effective_at
   LIMIT $6`;

interface FeedRow {
  readonly revision: string;
  readonly confirmed_at: Date;
  readonly bulletin_id: string;
  readonly as_of: string;
  readonly is_snapshot: boolean;
  readonly previous_id: string | null;
}

interface RateRow {
  readonly bulletin_id: string;
  readonly currency: string;
  readonly value: string;
  readonly nominal: number;
  readonly is_inverse: boolean;
}

interface HistoryRow {
  readonly effective_at: Date;
  readonly base_value: string | null;
  readonly base_nominal: number;
  readonly base_inverse: boolean;
  readonly quote_value: string | null;
  readonly quote_nominal: number;
  readonly quote_inverse: boolean;
}

export interface OverrideRow {
  readonly id: string;
  readonly source: RateSource;
  readonly currency: string;
  readonly rate: string;
  readonly reason: string;
  readonly operator_id: string;
  readonly created_at: Date;
  readonly expires_at: Date;
}

export function overrideOf(row: OverrideRow): RateOverrideView {
  return {
    overrideId: row.id,
    source: row.source,
    currency: row.currency,
    rate: row.rate,
    reason: row.reason,
    operatorId: row.operator_id,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
  };
}

function rateOf({ currency, value, nominal, is_inverse }: RateRow): FeedRate {
  return { currency, value, nominal, isInverse: is_inverse };
}

function sideOf(
  currency: string,
  value: string | null,
  nominal: number,
  isInverse: boolean,
): FeedRate | null {
  return value === null ? null : { currency, value, nominal, isInverse };
}
