import type { Language } from '@kopeck/contracts';
import type { Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import { preferencesOf, type Preferences } from '../preferences/preferences.js';
import type { Audience, WebhookTarget } from './audience.js';

/** The people a batch concerns, all of them in one question. */
export interface FoundAudience {
  readonly people: ReadonlyMap<string, Audience>;
  /** Who is told something for the first time. */
  readonly withoutInbox: readonly string[];
  /** The database's clock, by which deliveries are due. */
  readonly now: Date;
}

@Injectable()
export class AudienceRepository {
  async findOperators(tx: Transaction): Promise<string[]> {
    return (await tx.query<{ customer_id: string }>(OPERATORS)).map((row) => row.customer_id);
  }

  /** @param customerIds at least one, each once. People who aren't known yet have the defaults. */
  async find(tx: Transaction, customerIds: readonly string[]): Promise<FoundAudience> {
    const rows = await tx.query<AudienceRow>(FIND, [customerIds]);
    return {
      people: new Map(rows.map((row) => [row.customer_id, audienceOf(row)])),
      withoutInbox: rows.filter((row) => !row.has_inbox).map((row) => row.customer_id),
      now: rows[0]!.now,
    };
  }
}

function audienceOf(row: AudienceRow): Audience {
  return {
    customerId: row.customer_id,
    preferences: preferencesOf(row.chosen, row.language),
    hasTelegram: row.has_telegram,
    hasPhone: row.has_phone,
    webhooks: row.webhooks ?? [],
  };
}

const OPERATORS = `SELECT customer_id FROM notification.recipient WHERE role = 'operator' ORDER BY customer_id`;

const FIND = `
  SELECT asked.customer_id, r.language, p.chosen, t.customer_id IS NOT NULL AS has_telegram,
         ph.confirmed_at IS NOT NULL AS has_phone, w.webhooks, i.customer_id IS NOT NULL AS has_inbox,
         statement_timestamp() AS now
    FROM unnest($1::uuid[]) AS asked (customer_id)
    LEFT JOIN notification.recipient r USING (customer_id)
    LEFT JOIN notification.preference p USING (customer_id)
    LEFT JOIN notification.telegram_chat t USING (customer_id)
    LEFT JOIN notification.phone ph USING (customer_id)
    LEFT JOIN notification.inbox i USING (customer_id)
    LEFT JOIN LATERAL (
      SELECT jsonb_agg(jsonb_build_object('endpointId', id, 'types', types) ORDER BY ordinal) AS webhooks
        FROM notification.webhook_endpoint
       WHERE customer_id = asked.customer_id AND status = 'active' AND deleted_at IS NULL
    ) w ON true`;

interface AudienceRow {
  readonly customer_id: string;
  readonly language: Language | null;
  readonly chosen: Preferences | null;
  readonly has_telegram: boolean;
  readonly has_phone: boolean;
  readonly webhooks: readonly WebhookTarget[] | null;
  readonly has_inbox: boolean;
  readonly now: Date;
}
