import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { scramVerifier } from './scram.js';

const MAX_ATTEMPTS = 10;

/** Creates the runtime role or gives it the password of its URL; refuses a role that is allowed too much. */
export async function prepareRole(
  admin: pg.Client,
  name: string,
  password: string,
  log: (line: string) => void,
): Promise<void> {
  const role = pg.escapeIdentifier(name);
  const secret = pg.escapeLiteral(scramVerifier(password));
  await refusePower(admin, name);
  await takingTurns(async () => {
    const { rowCount } = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
    await admin.query(`${rowCount ? 'ALTER' : 'CREATE'} ROLE ${role} LOGIN PASSWORD ${secret}`);
    if (!rowCount) log(`created role ${name}`);
  });
}

/** The role may enter its database and schema and finds its tables without naming the schema. */
export async function grantAccess(admin: pg.Client, roleName: string, schemaName: string): Promise<void> {
  const role = pg.escapeIdentifier(roleName);
  const schema = pg.escapeIdentifier(schemaName);
  const { rows } = await admin.query<{ name: string }>('SELECT current_database() AS name');
  const database = pg.escapeIdentifier(rows[0]!.name);
  await takingTurns(async () => {
    await admin.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await admin.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
    await admin.query('REVOKE CREATE ON SCHEMA public FROM PUBLIC');
    await admin.query(`GRANT CONNECT ON DATABASE ${database} TO ${role}`);
    await admin.query(`GRANT USAGE ON SCHEMA ${schema} TO ${role}`);
    await admin.query(`ALTER ROLE ${role} IN DATABASE ${database} SET search_path = ${schema}`);
  });
}

/** Functions are executable by everybody unless told otherwise; tables and sequences are made sure of. */
export async function withdrawFromPublic(admin: pg.Client, schemaName: string): Promise<void> {
  const schema = pg.escapeIdentifier(schemaName);
  await admin.query(`REVOKE ALL ON SCHEMA ${schema} FROM PUBLIC`);
  for (const kind of ['TABLES', 'SEQUENCES', 'FUNCTIONS']) {
    await admin.query(`REVOKE ALL ON ALL ${kind} IN SCHEMA ${schema} FROM PUBLIC`);
  }
}

/**
 * "Append-only by grants" is worth nothing for an owner, who grants himself what he likes.
 *
 * @throws {Error} naming what the role owns.
 */
export async function refuseOwnership(admin: pg.Client, role: string, schema: string): Promise<void> {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_roles r ON r.oid = c.relowner JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE r.rolname = $1 AND n.nspname = $2
      UNION ALL SELECT 'schema ' || n.nspname FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner
      WHERE r.rolname = $1 AND n.nspname = $2 ORDER BY 1 LIMIT 5`,
    [role, schema],
  );
  if (rows.length === 0) return;
  const names = rows.map((row) => row.name).join(', ');
  throw new Error(
    `Role ${role} owns ${names} in ${schema}, so no grant binds it: ALTER TABLE … OWNER TO the administrator's role`,
  );
}

async function refusePower(admin: pg.Client, name: string): Promise<void> {
  const { rows } = await admin.query<{ powerful: boolean }>(
    'SELECT rolsuper OR rolcreaterole OR rolbypassrls OR rolreplication AS powerful FROM pg_roles WHERE rolname = $1',
    [name],
  );
  if (rows[0]?.powerful) {
    throw new Error(
      `Role ${name} may do more than a service should (superuser, create roles…): use a plain role`,
    );
  }
}

/**
 * Roles belong to the whole server, advisory locks to one database: two setups of two databases can meet at a role, and
 * PostgreSQL then answers "tuple concurrently updated" or that the role is there already.
 */
async function takingTurns(work: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      const met = /tuple concurrently/.test(message) || code === '42710' || code === '23505';
      if (!met || attempt >= MAX_ATTEMPTS) throw error;
      await pause(20 * attempt * Math.random());
    }
  }
}
