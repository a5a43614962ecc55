import { Database } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import { preferencesOf, type Preferences } from '../preferences/preferences.js';

/** Somebody who wants to hear of a currency. */
export interface Follower {
  readonly customerId: string;
  readonly preferences: Preferences;
}

@Injectable()
export class FollowerRepository {
  constructor(private readonly database: Database) {}

  /** One page, in the order of ids. @param after the last one of the page before; null for the first page. */
  async find(currencies: readonly string[], after: string | null, limit: number): Promise<Follower[]> {
    const rows = await this.database.query<FollowerRow>(FIND, [currencies, after ?? NOBODY, limit]);
    return rows.map(({ customer_id, chosen }) => ({
      customerId: customer_id,
      preferences: preferencesOf(chosen, chosen.language),
    }));
  }
}

const NOBODY = '00000000-0000-0000-0000-000000000000';

const FIND = `
  SELECT customer_id, chosen FROM notification.preference
   WHERE chosen->'rateCurrencies' ?| $1::text[] AND customer_id > $2::uuid
   ORDER BY customer_id LIMIT $3`;

interface FollowerRow {
  readonly customer_id: string;
  readonly chosen: Preferences;
}
