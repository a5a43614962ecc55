import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, statfsSync } from 'node:fs';
import { freemem, totalmem } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../browser/chromium.mjs';
import { javaVersion } from '../infrastructure/kafka.mjs';
import { answers, isFree } from '../infrastructure/ports.mjs';
import { DOWNLOADS, ROOT, STATE } from '../paths.mjs';
import { holderOf } from '../processes/claim.mjs';
import { leftoverApps } from '../start/leftovers.mjs';

/**
 * @typedef {object} Finding
 * @property {boolean} ok
 * @property {boolean} needed whether `npm start` fails without it
 * @property {string} what what there is, or what there isn't
 * @property {string} [advice] what to do
 *
 * @typedef {object} Circumstances
 * @property {Record<string, string>} given the environment and .env
 * @property {boolean} hasDocker
 *
 * @typedef {(circumstances: Circumstances) => Finding | Promise<Finding>} Check
 */

const OLDEST_NODE = 20;
const OLDEST_JAVA = 17;
const GIGABYTE = 1024 ** 3;
const DISK_NEEDED_GB = 3;
const MEMORY_NEEDED_GB = 3;
const SERVER_NAMES = ['POSTGRES_ADMIN_URL', 'KAFKA_BROKERS', 'REDIS_URL'];

/** @type {Check} */
const node = () => ({
  ok: Number(process.versions.node.split('.')[0]) >= OLDEST_NODE,
  needed: true,
  what: `Node ${process.versions.node}`,
  advice: `Install Node ${OLDEST_NODE} or newer: https://nodejs.org (services run on Node 24, which npm fetches).`,
});

/** @type {Check} */
const npm = () => {
  const version = versionOf('npm', ['--version']);
  return {
    ok: Boolean(version),
    needed: true,
    what: `npm ${version ?? 'is missing'}`,
    advice: 'It comes with Node: https://nodejs.org',
  };
};

/** @type {Check} */
const java = (circumstances) => {
  const version = javaVersion();
  return {
    ok: version !== undefined && version >= OLDEST_JAVA,
    needed: runsOwn('KAFKA_BROKERS', circumstances),
    what:
      version === undefined
        ? `Java is missing${reasonOf('KAFKA_BROKERS', circumstances)}`
        : `Java ${version}`,
    advice: `Install Java ${OLDEST_JAVA} or newer for Kafka (Debian: apt-get install openjdk-17-jre-headless), or name a broker in .env (KAFKA_BROKERS).`,
  };
};

/** @type {Check} */
const maven = (circumstances) => {
  const jars = join(DOWNLOADS, 'jars');
  const isFetched = existsSync(jars) && readdirSync(jars).length > 0;
  const version = /Apache Maven ([\d.]+)/.exec(versionOf('mvn', ['--version']) ?? '')?.[1];
  const why = isFetched ? ', but Kafka is here already' : reasonOf('KAFKA_BROKERS', circumstances);
  return {
    ok: Boolean(version),
    needed: !isFetched && runsOwn('KAFKA_BROKERS', circumstances),
    what: version ? `Maven ${version}` : `Maven is missing${why}`,
    advice: 'Install Maven 3.8 or newer, which fetches Kafka and Redis (Debian: apt-get install maven).',
  };
};

/** @type {Check} */
const docker = ({ given, hasDocker }) => ({
  ok: hasDocker,
  needed: false,
  what: hasDocker
    ? `Docker with Compose${SERVER_NAMES.some((name) => given[name]) ? '' : ': servers will run there'}`
    : 'No Docker: servers will run as processes of their own',
});

/** @type {Check} */
const git = () => {
  const version = versionOf('git', ['--version'])?.replace('git version ', '');
  return {
    ok: Boolean(version),
    needed: false,
    what: `git ${version ?? 'is missing'}`,
    advice: 'Only needed to work on Kopeck.',
  };
};

/** @type {Check} */
const browser = ({ given }) => {
  try {
    return {
      ok: true,
      needed: false,
      what: `a browser for the tests: ${findChromium({ ...process.env, ...given })}`,
    };
  } catch {
    const advice = 'Only needed for npm test and npm run screenshots (Debian: apt-get install chromium).';
    return { ok: false, needed: false, what: 'Chromium is missing', advice };
  }
};

/** @type {Check} */
const disk = () => {
  const { bavail, bsize } = statfsSync(ROOT);
  const free = (bavail * bsize) / GIGABYTE;
  return {
    ok: free >= DISK_NEEDED_GB,
    needed: true,
    what: `${free.toFixed(1)} GB of disk space`,
    advice: `Make room: dependencies, Kafka and data take up to ${DISK_NEEDED_GB} GB.`,
  };
};

/** @type {Check} */
const memory = () => ({
  ok: totalmem() / GIGABYTE >= MEMORY_NEEDED_GB,
  needed: false,
  what: `${(totalmem() / GIGABYTE).toFixed(1)} GB of memory, ${(freemem() / GIGABYTE).toFixed(1)} GB of it unused`,
  advice: `Kafka, PostgreSQL and four services want ${MEMORY_NEEDED_GB} GB; with less the machine swaps.`,
});

/**
 * @param {Circumstances} circumstances
 * @returns {Promise<Finding>}
 */
const port = async ({ given }) => {
  const wanted = Number(given.PORT ?? 3000);
  const running = holderOf('start');
  if (running)
    return {
      ok: true,
      needed: true,
      what: `npm start is running already${running.url ? ` at ${running.url}` : ''}`,
    };
  if (leftoverApps().length > 0)
    return {
      ok: true,
      needed: true,
      what: 'a killed npm start left services behind; the next one ends them',
    };
  const free = await isFree(wanted);
  return {
    ok: free,
    needed: true,
    what: `port ${wanted} is ${free ? 'free' : 'taken'}`,
    advice:
      'Another program listens there. Stop it, or choose another port: npm start -- --port 3001 (or PORT in .env).',
  };
};

/** @type {Check} */
const writing = () => {
  const finding = { needed: true, what: `${ROOT} can be written` };
  try {
    mkdirSync(STATE, { recursive: true });
    accessSync(ROOT, constants.W_OK);
    accessSync(STATE, constants.W_OK);
    return { ...finding, ok: true };
  } catch {
    return {
      ...finding,
      ok: false,
      advice: `Take the folder over (chown -R "$USER" ${ROOT}), or clone elsewhere.`,
    };
  }
};

/** @type {Check} PostgreSQL refuses to run as root. */
const postgresUser = (circumstances) => {
  if (process.getuid?.() !== 0)
    return { ok: true, needed: true, what: 'not root, so PostgreSQL runs as you' };
  const exists = versionOf('id', ['-u', 'postgres']) !== undefined;
  const canCreate = versionOf('useradd', ['--help']) !== undefined;
  return {
    ok: exists || canCreate,
    needed: runsOwn('POSTGRES_ADMIN_URL', circumstances),
    what: exists
      ? 'you are root; PostgreSQL runs as the user postgres'
      : 'you are root; a system user postgres will be created',
    advice: 'Create a user for PostgreSQL (useradd --system postgres), or start Kopeck as an ordinary user.',
  };
};

/**
 * @param {Circumstances} circumstances
 * @returns {Promise<Finding>}
 */
const named = async ({ given }) => {
  const names = SERVER_NAMES.filter((name) => given[name]);
  if (names.length === 0)
    return { ok: true, needed: true, what: 'no servers named in .env: Kopeck starts its own' };
  const silent = [];
  for (const name of names) if (!(await isThere(given[name] ?? ''))) silent.push(name);
  return {
    ok: silent.length === 0,
    needed: true,
    what: silent.length === 0 ? `${names.join(', ')} answer` : `nobody answers at ${silent.join(', ')}`,
    advice: 'Start those servers, correct their addresses in .env, or remove them and Kopeck starts its own.',
  };
};

/** @type {readonly Check[]} */
export const CHECKS = [
  node,
  npm,
  java,
  maven,
  docker,
  git,
  browser,
  disk,
  memory,
  port,
  writing,
  postgresUser,
  named,
];

/** @param {string} address */
async function isThere(address) {
  const text = address.includes('://') ? address : `kafka://${address.split(',')[0]}`;
  if (!URL.canParse(text)) return false;
  const { hostname, port: given, protocol } = new URL(text);
  const fallback = protocol === 'kafka:' ? 9092 : protocol.startsWith('redis') ? 6379 : 5432;
  return answers(Number(given) || fallback, hostname, 2_000);
}

/**
 * Whether Kopeck starts that server itself, outside Docker.
 *
 * @param {string} name
 * @param {Circumstances} circumstances
 */
function runsOwn(name, { given, hasDocker }) {
  return !given[name] && !(hasDocker && SERVER_NAMES.every((other) => !given[other]));
}

/**
 * @param {string} name
 * @param {Circumstances} circumstances
 */
function reasonOf(name, circumstances) {
  if (runsOwn(name, circumstances)) return '';
  return circumstances.given[name] ? `, but .env names ${name}` : ', but Docker runs Kafka';
}

/**
 * @param {string} command
 * @param {string[]} args
 * @returns {string | undefined} undefined where there is no such command
 */
function versionOf(command, args) {
  const { stdout, status, error } = spawnSync(command, args, {
    encoding: 'utf8',
    timeout: 20_000,
    shell: process.platform === 'win32',
  });
  return error || status !== 0 ? undefined : stdout.trim();
}
