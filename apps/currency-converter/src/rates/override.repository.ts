import type { RateOverrideView, RateSource, SetRateOverride } from '@kopeck/contracts';
import { Database, type Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import { overrideOf, type OverrideRow } from './rate.repository.js';

/** Prices that operators set. Writers of one source queue at its feed's row. */
@Injectable()
export class OverrideRepository {
  constructor(private readonly database: Database) {}

  async insertOverride(tx: Transaction, wanted: SetRateOverride): Promise<RateOverrideView | undefined> {
    const { overrideId, source, currency, rate, reason, operatorId, expiresAt } = wanted;
    const params = [overrideId, source, currency, rate, reason, operatorId, expiresAt];
    await tx.run(END_OF_CURRENCY, [source, currency, operatorId, overrideId]);
    const [row] = await tx.query<OverrideRow>(INSERT_OVERRIDE, params);
    return row && overrideOf(row);
  }

  async findOverride(
    tx: Pick<Transaction, 'query'>,
    id: string,
  ): Promise<(RateOverrideView & { isEnded: boolean }) | undefined> {
    const [row] = await tx.query<OverrideRow & { is_ended: boolean }>(FIND_OVERRIDE, [id]);
    return row && { ...overrideOf(row), isEnded: row.is_ended };
  }

  async endOverride(tx: Transaction, id: string, by: string): Promise<boolean> {
    return (await tx.run(END_OVERRIDE, [id, by])) === 1;
  }

  /** @returns how many ended by time. */
  async endExpired(tx: Transaction, source: RateSource): Promise<number> {
    return tx.run(END_EXPIRED, [source]);
  }

  async findExpired(): Promise<RateSource[]> {
    const rows = await this.database.query<{ source: RateSource }>(FIND_EXPIRED);
    return rows.map(({ source }) => source);
  }
}

const END_OF_CURRENCY = `
  UPDATE fx.rate_override SET ended_at = clock_timestamp(), ended_by = $3
   WHERE source = $1 AND currency = $2 AND ended_at IS NULL AND id <> $4`;

const OVERRIDE_COLUMNS = 'id, source, currency, rate, reason, operator_id, created_at, expires_at';

const INSERT_OVERRIDE = `
  INSERT INTO fx.rate_override (id, source, currency, rate, reason, operator_id, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING ${OVERRIDE_COLUMNS}`;

const FIND_OVERRIDE = `SELECT ${OVERRIDE_COLUMNS}, ended_at IS NOT NULL AS is_ended FROM fx.rate_override WHERE id = $1`;

const END_OVERRIDE = `
  UPDATE fx.rate_override SET ended_at = clock_timestamp(), ended_by = $2 WHERE id = $1 AND ended_at IS NULL`;

const END_EXPIRED = `
  UPDATE fx.rate_override SET ended_at = clock_timestamp()
   WHERE source = $1 AND ended_at IS NULL AND expires_at <= clock_timestamp()`;

const FIND_EXPIRED = `
  SELECT DISTINCT source FROM fx.rate_override WHERE ended_at IS NULL AND expires_at <= clock_timestamp()`;
