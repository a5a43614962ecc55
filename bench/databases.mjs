import pg from 'pg';

/**
 * An empty database for one of the two systems, whatever a run before left behind.
 *
 * @param {string} adminUrl
 * @param {string} name letters and underscores
 * @returns {Promise<string>} its URL, for the same role
 */
export async function createDatabase(adminUrl, name) {
  const client = new pg.Client({ connectionString: urlOf(adminUrl, 'postgres') });
  await client.connect();
  try {
    await client.query(`drop database if exists ${name} with (force)`);
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  return urlOf(adminUrl, name);
}

/**
 * @param {string} databaseUrl
 * @returns {pg.Pool}
 */
export function openPool(databaseUrl) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  // At the end the server may be gone before the connection is: a query that needed it would have failed by itself.
  pool.on('error', () => undefined);
  // The pool listens only to who waits in it, and not to one that is just being ended.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/**
 * What autovacuum and the checkpointer will do some time after a load.
 *
 * @param {pg.Pool} database
 */
export async function tidy(database) {
  await database.query('vacuum (analyze)');
  await database.query('checkpoint');
}

/** @param {string} adminUrl @param {string} database */
function urlOf(adminUrl, database) {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.href;
}
