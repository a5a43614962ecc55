import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { prepareDatabases, urlWithDatabase, withAdmin } from '../setup/prepare-databases.js';
import type { ServiceDatabase } from '../setup/service-database.js';
import { databaseUrlNameOf } from '../database.settings.js';
import type { ServiceName } from '@kopeck/contracts';

export interface TemporaryDatabase {
  /** The service's URL in the temporary database; set it as `<SERVICE>_DATABASE_URL` before the app starts. */
  readonly urls: Readonly<Partial<Record<ServiceName, string>>>;
  readonly adminUrl: string;
  /** As the administrator, for arranging and looking. */
  query<T extends object>(sql: string, params?: unknown[]): Promise<T[]>;
  drop(): Promise<void>;
}

/**
 * For component tests: a database of its own with the services' migrations applied, on the server of
 * `POSTGRES_ADMIN_URL`. Also sets `<SERVICE>_DATABASE_URL` in `process.env` to it.
 */
export async function createTemporaryDatabase(...databases: ServiceDatabase[]): Promise<TemporaryDatabase> {
  const serverUrl = process.env.POSTGRES_ADMIN_URL;
  if (!serverUrl) throw new Error('POSTGRES_ADMIN_URL is missing: run component tests through npm test');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const adminUrl = urlWithDatabase(serverUrl, name);
  const services = databases.map((database) => ({ database, url: urlIn(database.service, adminUrl) }));
  await withAdmin(serverUrl, (admin) => admin.query(`CREATE DATABASE ${name}`));
  await prepareDatabases({ adminUrl, services, log: () => undefined });
  for (const { database, url } of services) process.env[databaseUrlNameOf(database.service)] = url;
  const pool = new pg.Pool({ connectionString: adminUrl, max: 2 });
  pool.on('error', () => undefined);
  return {
    urls: Object.fromEntries(services.map(({ database, url }) => [database.service, url])),
    adminUrl,
    query: async <T extends object>(sql: string, params?: unknown[]) =>
      (await pool.query<T>(sql, params)).rows,
    drop: async () => {
      await pool.end();
      await withAdmin(serverUrl, (admin) => admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`));
    },
  };
}

/** Role and password stay those of the environment: roles belong to the whole server, which others may be using. */
function urlIn(service: ServiceName, adminUrl: string): string {
  const url = new URL(adminUrl);
  const configured = process.env[databaseUrlNameOf(service)];
  const role = `kopeck_${service.replaceAll('-', '_')}`;
  const { username, password } = configured ? new URL(configured) : { username: role, password: role };
  url.username = username;
  url.password = password;
  return url.href;
}
