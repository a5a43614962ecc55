import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOWNLOADS } from '../paths.mjs';
import { PlainError } from '../plain-error.mjs';
import { COMPOSE_ADDRESSES, composeDown, composeUp, hasDocker } from './compose.mjs';
import { downloadJars } from './downloads.mjs';
import { givenEnvironment, readEnvironment, writeEnvironment } from './environment-files.mjs';
import { startKafka, STOP_SIGNAL as KAFKA_STOP } from './kafka.mjs';
import { answers, freePorts, isFree } from './ports.mjs';
import { dataDirectoryOf, startPostgres, STOP_SIGNAL as POSTGRES_STOP } from './postgres.mjs';
import { startRedis, STOP_SIGNAL as REDIS_STOP } from './redis.mjs';
import { stopLeftover } from './server-process.mjs';

/**
 * @typedef {'POSTGRES_ADMIN_URL' | 'KAFKA_BROKERS' | 'REDIS_URL'} AddressName
 * @typedef {Record<AddressName, string>} Addresses
 * @typedef {import('./server-process.mjs').ServerProcess} ServerProcess
 * @typedef {'postgres' | 'kafka' | 'redis'} ServerName
 *
 * @typedef {object} Infrastructure
 * @property {Record<string, string>} environment what the services are told
 * @property {Partial<Record<ServerName, ServerProcess>>} servers those that were started here
 * @property {'given' | 'compose' | 'private' | 'mixed'} origin
 * @property {() => Promise<void>} stop
 */

export const ADDRESS_NAMES = /** @type {const} */ (['POSTGRES_ADMIN_URL', 'KAFKA_BROKERS', 'REDIS_URL']);
const NAME_OF = /** @type {const} */ ({
  POSTGRES_ADMIN_URL: 'postgres',
  KAFKA_BROKERS: 'kafka',
  REDIS_URL: 'redis',
});

/** Runtime roles, one a service; the password is a development one, see .env.example. */
const ROLES = {
  CUSTOMER_DATABASE_URL: 'kopeck_customer',
  TRANSACTION_MANAGER_DATABASE_URL: 'kopeck_transaction_manager',
  CURRENCY_CONVERTER_DATABASE_URL: 'kopeck_currency_converter',
  TRANSACTION_DATABASE_URL: 'kopeck_transaction',
  NOTIFICATION_DATABASE_URL: 'kopeck_notification',
};
const ROLE_PASSWORD = 'kopeck';

/**
 * Finds or starts PostgreSQL, Kafka and Redis, in the order: named in .env, Docker Compose, private servers.
 *
 * @param {object} options
 * @param {string} options.state folder of data, logs and ports
 * @param {boolean} [options.isPrivate] tests want servers of their own, whatever .env says
 * @param {boolean} [options.isShortLived] for some minutes, so that they had better start soon than run fast
 * @param {(line: string) => void} [options.say]
 * @returns {Promise<Infrastructure>}
 */
export async function startInfrastructure({
  state,
  isPrivate = false,
  isShortLived = false,
  say = () => undefined,
}) {
  const given = isPrivate ? {} : givenEnvironment();
  const named = ADDRESS_NAMES.filter((name) => given[name]);
  await Promise.all(named.map((name) => requireAnswer(name, given[name] ?? '')));
  const missing = ADDRESS_NAMES.filter((name) => !given[name]);
  const useCompose = !isPrivate && missing.length === ADDRESS_NAMES.length && hasDocker();
  if (useCompose) {
    say('starting PostgreSQL, Kafka and Redis with Docker Compose');
    composeUp();
  }
  const started = useCompose
    ? { servers: {}, addresses: COMPOSE_ADDRESSES }
    : await startServers(state, missing, isShortLived, say);
  const addresses = /** @type {Addresses} */ ({ ...started.addresses, ...pick(given, named) });
  const environment = environmentOf(addresses, state, isPrivate ? {} : given);
  writeEnvironment(join(state, 'runtime.env'), environment);
  return {
    environment,
    servers: started.servers,
    origin: useCompose
      ? 'compose'
      : named.length === 0
        ? 'private'
        : missing.length === 0
          ? 'given'
          : 'mixed',
    stop: async () => {
      if (useCompose) composeDown();
      await Promise.all(Object.values(started.servers).map((server) => server.stop()));
    },
  };
}

/**
 * Throws away everything but downloads.
 *
 * @param {string} state
 */
export function removeData(state) {
  rmSync(dataDirectoryOf(join(state, 'postgres')), { recursive: true, force: true });
  for (const name of ['kafka', 'redis', 'logs', 'runtime.env', 'ports.json']) {
    rmSync(join(state, name), { recursive: true, force: true });
  }
}

/**
 * Ends the private servers at once, without a word; PostgreSQL and Kafka recover at their next start.
 *
 * @param {string} state
 */
export async function killServers(state) {
  await stopServers(state, { postgres: 'SIGKILL', kafka: 'SIGKILL', redis: 'SIGKILL' });
}

/**
 * @param {string} state
 * @param {Record<ServerName, NodeJS.Signals>} signals
 */
async function stopServers(state, { postgres, kafka, redis }) {
  await Promise.all([
    stopLeftover(dataDirectoryOf(join(state, 'postgres')), postgres),
    stopLeftover(join(state, 'kafka'), kafka),
    stopLeftover(join(state, 'redis'), redis),
  ]);
}

/**
 * @param {string} state
 * @param {readonly AddressName[]} missing
 * @param {boolean} isShortLived
 * @param {(line: string) => void} say
 */
async function startServers(state, missing, isShortLived, say) {
  // Before ports are chosen: what a killed start left behind holds those of the last time.
  await stopServers(state, { postgres: POSTGRES_STOP, kafka: KAFKA_STOP, redis: REDIS_STOP });
  const ports = await rememberedPorts(state);
  const logs = join(state, 'logs');
  /** @type {Promise<string> | undefined} */
  let downloaded;
  const jars = () => (downloaded ??= downloadJars(DOWNLOADS));
  /** @type {Record<ServerName, () => Promise<{ server: ServerProcess, address: string }>>} */
  const starts = {
    postgres: async () => {
      const { server, url } = await startPostgres({
        directory: join(state, 'postgres'),
        logFile: join(logs, 'postgres.log'),
        port: ports.postgres,
      });
      return { server, address: url };
    },
    kafka: async () => {
      if (!existsSync(join(DOWNLOADS, 'jars'))) say('fetching Kafka and Redis from Maven Central (once)');
      const { server, brokers } = await startKafka({
        directory: join(state, 'kafka'),
        logFile: join(logs, 'kafka.log'),
        jars: await jars(),
        port: ports.kafka,
        controllerPort: ports.controller,
        isShortLived,
      });
      return { server, address: brokers };
    },
    redis: async () => {
      const { server, url } = await startRedis({
        directory: join(state, 'redis'),
        logFile: join(logs, 'redis.log'),
        downloads: DOWNLOADS,
        jars,
        port: ports.redis,
      });
      return { server, address: url };
    },
  };
  /** @type {Partial<Record<ServerName, ServerProcess>>} */
  const servers = {};
  /** @type {Partial<Addresses>} */
  const addresses = {};
  const results = await Promise.allSettled(
    missing.map(async (name) => {
      const { server, address } = await starts[NAME_OF[name]]();
      servers[NAME_OF[name]] = server;
      addresses[name] = address;
      say(`${server.name} is up at ${address.replace(/\/\/.*@/, '//')}`);
    }),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) {
    await Promise.all(Object.values(servers).map((server) => server.stop()));
    throw failed.reason;
  }
  return { servers, addresses };
}

/**
 * The ports of the last time, so that what people wrote down goes on working; others where somebody took one.
 *
 * @param {string} state
 * @returns {Promise<Record<'postgres' | 'kafka' | 'controller' | 'redis', number>>}
 */
async function rememberedPorts(state) {
  const file = join(state, 'ports.json');
  const names = /** @type {const} */ (['postgres', 'kafka', 'controller', 'redis']);
  const remembered = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const fresh = await freePorts(names.length);
  const pairs = await Promise.all(
    names.map(async (name, index) => {
      const before = remembered[name];
      return [name, before && (await isFree(before)) ? before : fresh[index]];
    }),
  );
  const ports = Object.fromEntries(pairs);
  mkdirSync(state, { recursive: true });
  writeFileSync(file, JSON.stringify(ports));
  return /** @type {Record<typeof names[number], number>} */ (ports);
}

/**
 * @param {Addresses} addresses
 * @param {string} state
 * @param {Record<string, string>} given
 */
function environmentOf(addresses, state, given) {
  const before = readEnvironment(join(state, 'secrets.env'));
  const SEALING_KEY = given.SEALING_KEY ?? before.SEALING_KEY ?? randomBytes(32).toString('base64');
  if (!before.SEALING_KEY) writeEnvironment(join(state, 'secrets.env'), { SEALING_KEY });
  const urls = Object.fromEntries(
    Object.entries(ROLES).map(([name, role]) => [
      name,
      given[name] ?? urlFor(addresses.POSTGRES_ADMIN_URL, role),
    ]),
  );
  return { ...addresses, ...urls, SEALING_KEY, ...demoOperator(given) };
}

/**
 * The operator of the demonstration; production names its own.
 *
 * @param {Record<string, string>} given
 */
function demoOperator(given) {
  return {
    OPERATOR_EMAIL: given.OPERATOR_EMAIL ?? 'operator@example.com',
    OPERATOR_PASSWORD: given.OPERATOR_PASSWORD ?? 'kopeck-demo-2026',
  };
}

/**
 * @param {string} adminUrl
 * @param {string} role
 */
function urlFor(adminUrl, role) {
  const url = new URL(adminUrl);
  url.username = role;
  url.password = ROLE_PASSWORD;
  return url.href;
}

/**
 * @param {AddressName} name
 * @param {string} value
 */
async function requireAnswer(name, value) {
  const { hostname, port } = hostOf(name, value);
  if (await answers(port, hostname, 3_000)) return;
  throw new PlainError(
    `Nobody answers at ${hostname}:${port}, which ${name} names. Start that server, correct ${name} in .env, or remove it and Kopeck starts one of its own.`,
  );
}

/**
 * @param {AddressName} name
 * @param {string} value
 */
function hostOf(name, value) {
  const text = name === 'KAFKA_BROKERS' ? `kafka://${value.split(',')[0]}` : value;
  if (!URL.canParse(text)) throw new PlainError(`${name} is not an address: see .env.example for its form.`);
  const { hostname, port } = new URL(text);
  const defaults = { POSTGRES_ADMIN_URL: 5432, KAFKA_BROKERS: 9092, REDIS_URL: 6379 };
  return { hostname, port: Number(port) || defaults[name] };
}

/**
 * @param {Record<string, string>} values
 * @param {readonly string[]} names
 */
function pick(values, names) {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? '']));
}
