import { setTimeout as pause } from 'node:timers/promises';
import type { ServiceName } from '@kopeck/contracts';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { isTransientDatabaseError, sqlStateOf } from './database-errors.js';
import { databaseUrlNameOf, type DatabaseSettings } from './database.settings.js';

export type EntityClass = new () => object;

export interface ConnectionOptions {
  readonly service: ServiceName;
  readonly schema: string;
  readonly entities?: readonly EntityClass[];
  readonly settings: DatabaseSettings;
  readonly log: { log(line: string): void; warn(line: string): void };
}

/** A `date` has no time zone: pg would make it midnight of the process's zone, so it stays a string. */
const DATE_TYPE = 1082;

const columnTypes = {
  getTypeParser: (type: number, format?: 'text' | 'binary') =>
    type === DATE_TYPE ? String : pg.types.getTypeParser(type, format as 'text'),
};

/** The client gives up on an answer a while after the server should have cancelled the statement itself. */
const NETWORK_GRACE_MS = 5_000;
const FIRST_PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 2_000;

/** Connects, or waits for PostgreSQL and says for what. */
export function openDataSource(options: ConnectionOptions): Promise<DataSource> {
  // One that fails is not used again: what it has begun to open may still come.
  return untilDatabaseAnswers(options, async () => {
    await probe(options.schema, options.settings);
    return initialize(options);
  });
}

async function initialize(options: ConnectionOptions): Promise<DataSource> {
  const dataSource = new DataSource({
    type: 'postgres',
    driver: pg,
    url: options.settings.url,
    schema: options.schema,
    entities: [...(options.entities ?? [])],
    synchronize: false,
    migrationsRun: false,
    installExtensions: false,
    logging: false,
    poolSize: options.settings.poolSize,
    connectTimeoutMS: options.settings.connectTimeoutMs,
    applicationName: `kopeck-${options.service}`,
    poolErrorHandler: (error: Error) =>
      options.log.warn(
        `An idle connection to PostgreSQL was lost (${error.message}); a new one opens on demand`,
      ),
    extra: poolOptions(options.settings, options.schema),
  });
  await dataSource.initialize();
  keepQuietOnLostClients(dataSource);
  return dataSource;
}

function poolOptions(settings: DatabaseSettings, schema: string): pg.PoolConfig {
  return {
    statement_timeout: settings.statementTimeoutMs,
    lock_timeout: settings.lockTimeoutMs,
    idle_in_transaction_session_timeout: settings.idleInTransactionTimeoutMs,
    query_timeout: settings.statementTimeoutMs + NETWORK_GRACE_MS,
    idleTimeoutMillis: settings.idleConnectionTimeoutMs,
    keepAlive: true,
    // A transaction's statements that don't wait for each other share a round trip.
    pipeline: true,
    options: `-c search_path=${schema}`,
    types: columnTypes as pg.CustomTypesConfig,
  };
}

/**
 * pg-pool listens for errors of idle clients only; one that is lost while reserved would end the process with an
 * unhandled 'error' event, although the statement that runs on it fails as it should.
 */
function keepQuietOnLostClients(dataSource: DataSource): void {
  const pool = (dataSource.driver as unknown as { master: pg.Pool }).master;
  const quiet = (client: pg.PoolClient): void => void client.on('error', () => undefined);
  pool.on('connect', quiet);
  (pool as unknown as { _clients: pg.PoolClient[] })._clients.forEach(quiet);
}

async function untilDatabaseAnswers<T>(
  { service, settings, log }: ConnectionOptions,
  attempt: () => Promise<T>,
): Promise<T> {
  const target = describe(settings.url);
  const deadline = Date.now() + settings.waitAtBootMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await attempt();
    } catch (error) {
      const why = reasonOf(error);
      if (!worthWaiting(error)) throw new Error(`${target} can't be used: ${why}`, { cause: error });
      if (Date.now() + pauseMs > deadline) {
        throw new Error(
          `${target} didn't answer within ${settings.waitAtBootMs} ms (${why}): start it, or correct ${databaseUrlNameOf(service)}`,
          { cause: error },
        );
      }
      log.warn(`Waiting for ${target}: ${why}`);
      await pause(pauseMs);
    }
  }
}

/** Can the role sign in, and has the setup step made its schema? */
async function probe(schema: string, settings: DatabaseSettings): Promise<void> {
  const client = new pg.Client({
    connectionString: settings.url,
    connectionTimeoutMillis: settings.connectTimeoutMs,
    query_timeout: settings.connectTimeoutMs,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ found: boolean }>(
      'SELECT to_regnamespace($1) IS NOT NULL AS found',
      [pg.escapeIdentifier(schema)],
    );
    if (!rows[0]?.found) {
      throw new Error(`schema "${schema}" doesn't exist: run the setup step (migrations) first`);
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A wrong password or a missing database won't mend itself. */
function worthWaiting(error: unknown): boolean {
  const code = sqlStateOf(error);
  if (code?.startsWith('28') || code === '3D000') return false;
  return isTransientDatabaseError(error);
}

function describe(url: string): string {
  const { hostname, port, pathname, username } = new URL(url);
  return `PostgreSQL at ${hostname}:${port || 5432}${pathname} as ${decodeURIComponent(username)}`;
}

function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error);
}
