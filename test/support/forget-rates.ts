import { openRedis } from '@kopeck/cache';
import pg from 'pg';

/**
 * As if no feed had ever been read: suites share one database, and a rate that one of them made up would be another's
 * current one. Only while no converter runs.
 */
export async function forgetRates(): Promise<void> {
  const database = new pg.Client({ connectionString: process.env['POSTGRES_ADMIN_URL'] });
  const redis = await openRedis();
  try {
    await database.connect();
    await database.query('TRUNCATE fx.feed, fx.bulletin, fx.rate, fx.rate_override, fx.rate_change');
    const keys = await redis.keys('rates:*');
    if (keys.length > 0) await redis.del(...keys);
  } finally {
    await Promise.all([database.end(), redis.onApplicationShutdown()]);
  }
}
