import type { RateChange, RateSource } from '@kopeck/contracts';
import { Database } from '@kopeck/database';
import { Injectable } from '@nestjs/common';

export interface DueChange {
  readonly id: string;
  readonly change: RateChange;
}

/** Changes that are to be published. */
@Injectable()
export class RateChangeRepository {
  constructor(private readonly database: Database) {}

  /** In the order in which they happened. @param olderThanMs leaves the youngest to whoever made them. */
  async findDue(olderThanMs: number, limit: number): Promise<DueChange[]> {
    const rows = await this.database.query<ChangeRow>(DUE, [olderThanMs, limit]);
    return rows.map((row) => ({
      id: row.id,
      change: {
        source: row.source,
        asOf: row.as_of,
        base: row.base,
        quote: row.quote,
        oldRate: row.old_rate,
        newRate: row.new_rate,
        isOverridden: row.is_overridden,
        changedAt: row.changed_at.toISOString(),
      },
    }));
  }

  async markPublished(ids: readonly string[]): Promise<void> {
    await this.database.query(MARK, [ids]);
  }
}

const DUE = `
  SELECT id, source, as_of::text, base, quote, old_rate, new_rate, is_overridden, changed_at FROM fx.rate_change
   WHERE published_at IS NULL AND changed_at <= clock_timestamp() - $1 * interval '1 millisecond'
   ORDER BY id LIMIT $2`;

const MARK = 'UPDATE fx.rate_change SET published_at = clock_timestamp() WHERE id = ANY($1::bigint[])';

interface ChangeRow {
  readonly id: string;
  readonly source: RateSource;
  readonly as_of: string;
  readonly base: string;
  readonly quote: string;
  readonly old_rate: string | null;
  readonly new_rate: string | null;
  readonly is_overridden: boolean;
  readonly changed_at: Date;
}
