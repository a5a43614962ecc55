import type { Language } from '@kopeck/contracts';
import { Database } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import { preferencesOf, type Preferences } from './preferences.js';

/** Preferences and how often they were changed. */
export interface StoredPreferences {
  readonly revision: string;
  readonly preferences: Preferences;
}

@Injectable()
export class PreferenceRepository {
  constructor(private readonly database: Database) {}

  /** Of anybody: who chose nothing, or isn't known yet, has the defaults. */
  async find(customerId: string): Promise<StoredPreferences> {
    const [row] = await this.database.query<PreferenceRow>(FIND, [customerId]);
    return { revision: row!.revision ?? '0', preferences: preferencesOf(row!.chosen, row!.language) };
  }

  /** @returns the new revision; undefined when another one than `revision` is stored. */
  async save(customerId: string, revision: string, chosen: Preferences): Promise<string | undefined> {
    const sql = revision === '0' ? CHOOSE_FIRST : CHOOSE_AGAIN;
    const params = [customerId, JSON.stringify(chosen)];
    const [row] = await this.database.query<{ revision: string }>(
      sql,
      revision === '0' ? params : [...params, revision],
    );
    return row?.revision;
  }
}

const FIND = `
  SELECT r.language, p.revision, p.chosen
    FROM (SELECT $1::uuid AS customer_id) asked
    LEFT JOIN notification.recipient r USING (customer_id)
    LEFT JOIN notification.preference p USING (customer_id)`;

const CHOOSE_FIRST = `
  INSERT INTO notification.preference (customer_id, revision, chosen) VALUES ($1, 1, $2)
      ON CONFLICT DO NOTHING
  RETURNING revision`;

const CHOOSE_AGAIN = `
  UPDATE notification.preference SET revision = revision + 1, chosen = $2, changed_at = clock_timestamp()
   WHERE customer_id = $1 AND revision = $3
  RETURNING revision`;

interface PreferenceRow {
  readonly language: Language | null;
  readonly revision: string | null;
  readonly chosen: Preferences | null;
}
