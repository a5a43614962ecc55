import pg from 'pg';
import { DataSource } from 'typeorm';
import type { ServiceDatabase } from './service-database.js';

/** A migration that waits longer for a table than this would stop the services behind it. */
const LOCK_TIMEOUT_MS = 30_000;

/**
 * Runs what hasn't run yet, each migration in a transaction of its own, recorded in `<schema>.migrations`.
 *
 * @returns the names of those applied now.
 */
export async function runMigrations(adminUrl: string, database: ServiceDatabase): Promise<string[]> {
  const dataSource = new DataSource({
    type: 'postgres',
    driver: pg,
    url: adminUrl,
    schema: database.schema,
    migrations: database.migrations,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    installExtensions: false,
    logging: false,
    poolSize: 2,
    applicationName: 'kopeck-migrations',
    extra: { lock_timeout: LOCK_TIMEOUT_MS, options: `-c search_path=${database.schema}` },
  });
  await dataSource.initialize();
  try {
    const applied = await dataSource.runMigrations({ transaction: 'each' });
    return applied.map((migration) => migration.name);
  } finally {
    await dataSource.destroy();
  }
}
