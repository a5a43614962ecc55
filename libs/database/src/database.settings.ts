import type { ServiceName } from '@kopeck/contracts';

/** How one service reaches PostgreSQL, and the limits it keeps. */
export interface DatabaseSettings {
  readonly url: string;
  /** Connections of one process; all processes together must stay below the server's max_connections. */
  readonly poolSize: number;
  /** Callers that may wait for a connection before more are refused at once. */
  readonly maxWaiting: number;
  /** For a free or new connection. */
  readonly connectTimeoutMs: number;
  readonly statementTimeoutMs: number;
  readonly lockTimeoutMs: number;
  /** A transaction that does nothing for this long is ended by the server: it holds locks. */
  readonly idleInTransactionTimeoutMs: number;
  readonly idleConnectionTimeoutMs: number;
  /** How often a transaction is started again after a deadlock or serialization failure. */
  readonly maxRestarts: number;
  /** How long a service waits at boot for PostgreSQL to be there. */
  readonly waitAtBootMs: number;
}

interface NumberRule {
  readonly name: string;
  readonly fallback: number;
  readonly min: number;
  readonly max: number;
}

const NUMBERS = {
  poolSize: { name: 'DATABASE_POOL_SIZE', fallback: 8, min: 1, max: 200 },
  maxWaiting: { name: 'DATABASE_MAX_WAITING', fallback: 1_000, min: 1, max: 100_000 },
  connectTimeoutMs: { name: 'DATABASE_CONNECT_TIMEOUT_MS', fallback: 5_000, min: 100, max: 60_000 },
  statementTimeoutMs: { name: 'DATABASE_STATEMENT_TIMEOUT_MS', fallback: 15_000, min: 100, max: 600_000 },
  lockTimeoutMs: { name: 'DATABASE_LOCK_TIMEOUT_MS', fallback: 10_000, min: 100, max: 600_000 },
  idleInTransactionTimeoutMs: {
    name: 'DATABASE_IDLE_IN_TRANSACTION_TIMEOUT_MS',
    fallback: 10_000,
    min: 100,
    max: 600_000,
  },
  idleConnectionTimeoutMs: {
    name: 'DATABASE_IDLE_CONNECTION_TIMEOUT_MS',
    fallback: 300_000,
    min: 1_000,
    max: 3_600_000,
  },
  maxRestarts: { name: 'DATABASE_MAX_RESTARTS', fallback: 8, min: 0, max: 100 },
  waitAtBootMs: { name: 'DATABASE_WAIT_AT_BOOT_MS', fallback: 60_000, min: 0, max: 3_600_000 },
} as const satisfies Record<string, NumberRule>;

/** `transaction-manager` → `TRANSACTION_MANAGER_DATABASE_URL`. */
export function databaseUrlNameOf(service: ServiceName): string {
  return `${service.replaceAll('-', '_').toUpperCase()}_DATABASE_URL`;
}

/** Reads the settings and lists everything that is wrong with them, one plain sentence each. */
export function readDatabaseSettings(
  service: ServiceName,
  environment: NodeJS.ProcessEnv,
): { settings: DatabaseSettings; faults: string[] } {
  const faults: string[] = [];
  const urlName = databaseUrlNameOf(service);
  const url = environment[urlName] ?? '';
  const urlFault = faultOfUrl(urlName, url);
  if (urlFault) faults.push(urlFault);
  const numbers = Object.fromEntries(
    Object.entries(NUMBERS).map(([key, rule]) => [key, readNumber(rule, environment, faults)]),
  ) as Record<keyof typeof NUMBERS, number>;
  return { settings: { url, ...numbers }, faults };
}

function faultOfUrl(name: string, url: string): string | undefined {
  const sample = `${name}=postgres://role:password@127.0.0.1:5432/kopeck`;
  if (url === '') return `${name} is missing: set it, for example ${sample}`;
  if (!URL.canParse(url)) return `${name} is not a URL: percent-encode special characters, as in ${sample}`;
  const { protocol, username, pathname } = new URL(url);
  if (protocol !== 'postgres:' && protocol !== 'postgresql:') {
    return `${name} must start with postgres://, as in ${sample}`;
  }
  if (username === '') return `${name} must name a role before the @, as in ${sample}`;
  if (pathname.length < 2) return `${name} must name a database after the last slash, as in ${sample}`;
  return undefined;
}

function readNumber(rule: NumberRule, environment: NodeJS.ProcessEnv, faults: string[]): number {
  const text = environment[rule.name];
  if (text === undefined || text === '') return rule.fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= rule.min && value <= rule.max) return value;
  faults.push(`${rule.name} must be a whole number from ${rule.min} to ${rule.max}, but is "${text}"`);
  return rule.fallback;
}
