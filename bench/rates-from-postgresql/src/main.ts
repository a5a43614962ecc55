import type { RateSource } from '@kopeck/contracts';
import type { Database } from '@kopeck/database';
import { bootstrap } from '@kopeck/service';
import { AppModule } from '../../../apps/currency-converter/src/app.module.js';
import type { FeedRate } from '../../../apps/currency-converter/src/feeds/rate-feed.js';
import { CurrentRates } from '../../../apps/currency-converter/src/rates/current-rates.service.js';
import {
  bulletinOf,
  pricesOf,
  type EffectiveRates,
} from '../../../apps/currency-converter/src/rates/effective-rates.js';

interface StoredRate {
  readonly currency: string;
  readonly value: string;
  readonly nominal: number;
  readonly is_inverse: boolean;
}

interface InForce {
  readonly revision: string;
  readonly confirmed_at: Date;
  readonly as_of: string;
  readonly is_snapshot: boolean;
  readonly rates: StoredRate[];
  readonly previous: StoredRate[] | null;
  readonly overrides: { readonly currency: string; readonly rate: string }[] | null;
}

/** All that Redis would have said, in one statement: PostgreSQL isn't to lose by round trips. */
const IN_FORCE = `
  SELECT f.revision, f.confirmed_at, b.as_of::text, b.is_snapshot,
         (SELECT json_agg(r) FROM fx.rate r WHERE r.bulletin_id = f.bulletin_id) AS rates,
         (SELECT json_agg(r) FROM fx.rate r WHERE r.bulletin_id = (
            SELECT id FROM fx.bulletin p
             WHERE p.source = f.source AND p.status = 'accepted' AND p.is_snapshot = b.is_snapshot
               AND p.effective_at < b.effective_at
             ORDER BY p.effective_at DESC LIMIT 1)) AS previous,
         (SELECT json_agg(o) FROM fx.rate_override o WHERE o.source = f.source AND o.ended_at IS NULL) AS overrides
    FROM fx.feed f JOIN fx.bulletin b ON b.id = f.bulletin_id
   WHERE f.source = $1`;

/**
 * The currency-converter, all of it, but for one thing: each question about current rates is answered from PostgreSQL
 * instead of Redis. What a row loses by that is what Redis is worth.
 */
CurrentRates.prototype.read = async function (source: RateSource): Promise<EffectiveRates | undefined> {
  const { repository } = this as unknown as { repository: { database: Database } };
  const [row] = await repository.database.query<InForce>(IN_FORCE, [source]);
  if (!row) return undefined;
  const overrides = row.overrides ?? [];
  return {
    source,
    revision: Number(row.revision),
    asOf: row.as_of,
    confirmedAt: row.confirmed_at.toISOString(),
    isSnapshot: row.is_snapshot,
    prices: pricesOf(bulletinOf(source, row.as_of, row.rates.map(rateOf), overrides)),
    previous: pricesOf(bulletinOf(source, row.as_of, (row.previous ?? []).map(rateOf))),
    overridden: overrides.map(({ currency }) => currency),
  };
};

await bootstrap(AppModule, { service: 'currency-converter', mode: 'worker' });

function rateOf({ currency, value, nominal, is_inverse: isInverse }: StoredRate): FeedRate {
  return { currency, value, nominal, isInverse };
}
