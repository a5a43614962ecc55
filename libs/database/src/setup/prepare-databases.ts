import pg from 'pg';
import { sqlStateOf } from '../database-errors.js';
import { grantAccess, prepareRole, refuseOwnership, withdrawFromPublic } from './access.js';
import { runMigrations } from './migrations.js';
import type { ServiceDatabase } from './service-database.js';

export interface PrepareOptions {
  /** A role that may create roles, databases and schemas; it will own all tables. */
  readonly adminUrl: string;
  /** The runtime role, its password and its database are taken from each url. */
  readonly services: readonly { readonly database: ServiceDatabase; readonly url: string }[];
  readonly log: (line: string) => void;
}

/** Any fixed number: two setups of the same database take turns. */
const SETUP_LOCK = 7_235_412_908n;
/** A setup that waits longer than this for another one says so instead. */
const LOCK_WAIT_MS = 120_000;

/**
 * Creates databases, roles and schemas, runs the migrations as the administrator and grants what services need.
 * Everything may be done again at any time: what is there already stays. The administrator's server is meant even where a
 * service's url names another host (the same server may have another name from inside).
 */
export async function prepareDatabases({ adminUrl, services, log }: PrepareOptions): Promise<void> {
  for (const { database, url } of services) {
    const name = databaseNameOf(url);
    await createDatabase(adminUrl, name, log);
    await withSetupLock(urlWithDatabase(adminUrl, name), (admin, url_) =>
      prepareService(admin, url_, { database, url }, log),
    );
  }
}

async function prepareService(
  admin: pg.Client,
  adminUrl: string,
  { database, url }: PrepareOptions['services'][number],
  log: (line: string) => void,
): Promise<void> {
  const role = roleOf(url, adminUrl);
  await prepareRole(admin, role.name, role.password, log);
  await grantAccess(admin, role.name, database.schema);
  const applied = await runMigrations(adminUrl, database);
  for (const migration of applied) log(`${database.schema}: applied ${migration}`);
  await withdrawFromPublic(admin, database.schema);
  await refuseOwnership(admin, role.name, database.schema);
  if (applied.length === 0) log(`${database.schema}: up to date`);
}

function roleOf(url: string, adminUrl: string): { name: string; password: string } {
  const { username, password } = new URL(url);
  const name = decodeURIComponent(username);
  if (name === '' || password === '')
    throw new Error(`A database URL needs a role and a password: ${hide(url)}`);
  if (name === decodeURIComponent(new URL(adminUrl).username)) {
    throw new Error(`${hide(url)} signs in as the administrator: give the service a role of its own`);
  }
  return { name, password: decodeURIComponent(password) };
}

/** Creates the database over `postgres`, which every server has, unless it's there. */
async function createDatabase(adminUrl: string, name: string, log: (line: string) => void): Promise<void> {
  try {
    return await withAdmin(urlWithDatabase(adminUrl, name), async () => undefined);
  } catch (error) {
    if (sqlStateOf(error) !== '3D000') throw error;
  }
  await withAdmin(urlWithDatabase(adminUrl, 'postgres'), async (admin) => {
    try {
      await admin.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
      log(`created database ${name}`);
    } catch (error) {
      // Another setup was faster (42P04, or 23505 when both were at it).
      if (!['42P04', '23505'].includes(sqlStateOf(error) ?? '')) throw error;
    }
  });
}

async function withSetupLock(
  adminUrl: string,
  work: (admin: pg.Client, adminUrl: string) => Promise<void>,
): Promise<void> {
  await withAdmin(adminUrl, async (admin) => {
    await admin.query(`SET lock_timeout = ${LOCK_WAIT_MS}`);
    await admin.query('SELECT pg_advisory_lock($1)', [SETUP_LOCK]);
    await work(admin, adminUrl);
    await admin.query('SELECT pg_advisory_unlock($1)', [SETUP_LOCK]);
  });
}

/** The session's end releases its locks, also after an error. */
export async function withAdmin<T>(adminUrl: string, work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({
    connectionString: adminUrl,
    application_name: 'kopeck-setup',
    connectionTimeoutMillis: 10_000,
  });
  admin.on('error', () => undefined);
  try {
    await admin.connect();
  } catch (error) {
    await admin.end().catch(() => undefined);
    throw new Error(`PostgreSQL at ${hide(adminUrl)} can't be used: ${(error as Error).message}`, {
      cause: error,
    });
  }
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

export function urlWithDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(name)}`;
  return changed.href;
}

function databaseNameOf(url: string): string {
  const name = decodeURIComponent(new URL(url).pathname.slice(1));
  if (name === '') throw new Error(`${hide(url)} must name a database after the last slash`);
  return name;
}

/** A URL for people to read: without its password. */
function hide(url: string): string {
  const { protocol, username, host, pathname } = new URL(url);
  return `${protocol}//${username}@${host}${pathname}`;
}
