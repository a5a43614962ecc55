import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from '../build.mjs';
import { givenEnvironment, readEnvironment } from '../infrastructure/environment-files.mjs';
import { killServers, startInfrastructure } from '../infrastructure/infrastructure.mjs';
import { freePorts, isFree } from '../infrastructure/ports.mjs';
import { MailCatcher } from '../mail/mail-catcher.mjs';
import { RUNTIME_ENV, SERVICES, STATE } from '../paths.mjs';
import { PlainError } from '../plain-error.mjs';
import { AppProcess } from '../processes/app-process.mjs';
import { holderOf } from '../processes/claim.mjs';
import { Supervisor } from '../processes/supervisor.mjs';
import { runSetup } from '../setup.mjs';
import { APPS_FILE } from './leftovers.mjs';

const READY_WITHIN_MS = 90_000;
const OTHERS_READY_WITHIN_MS = 180_000;
const WATCH_MS = 1_000;

/**
 * @typedef {import('../infrastructure/infrastructure.mjs').Infrastructure} Infrastructure
 * @typedef {(line: string) => void} Say
 * @typedef {{ service: string, instance: string, port: number }} Replica
 */

/** Servers and services of this clone, started in order and stopped in the reverse one. */
export class RunningSystem {
  /** @type {Promise<Infrastructure> | undefined} */
  #infrastructure;
  /** @type {Supervisor[]} gateways first: they are the first to stop */
  #supervisors = [];
  /** @type {Map<string, number>} */
  #pids = new Map();
  /** @type {NodeJS.Timeout | undefined} */
  #watch;
  #isStopping = false;
  /** @type {MailCatcher | undefined} in this process, so that it can't be left behind */
  #mail;
  /** @type {Say} */
  say = (line) => console.log(line);

  /** @type {Record<string, string>} what the services are told */
  environment = {};

  /** Uses what `npm run infra` started, if it runs; it stays up afterwards. */
  async startServers(/** @type {Say} */ say) {
    const others = await serversOfOthers(say);
    if (others) {
      this.environment = others;
      return;
    }
    this.#infrastructure = startInfrastructure({ state: STATE, say });
    const { environment, servers } = await this.#infrastructure;
    this.environment = environment;
    this.#watch = setInterval(() => this.#tellEnded(Object.values(servers)), WATCH_MS);
  }

  /** @param {Say} say */
  async build(say) {
    await build({ say });
  }

  /** @param {Say} say */
  async prepare(say) {
    this.#goOn();
    await runSetup(this.environment, say);
  }

  /** Where people read the mail that services send; undefined where .env names a mail server. */
  get mailUrl() {
    return this.#mail?.webUrl;
  }

  /**
   * Catches mail on this machine unless people named a server of their own, and tells services where their pages are.
   *
   * @param {number} port the gateway's
   */
  async catchMail(port) {
    this.#goOn();
    const given = givenEnvironment();
    if (!given.PUBLIC_URL) this.environment = { ...this.environment, PUBLIC_URL: `http://127.0.0.1:${port}` };
    if (given.SMTP_URL) return;
    this.#mail = await MailCatcher.start();
    this.environment = { ...this.environment, SMTP_URL: this.#mail.smtpUrl };
  }

  /**
   * @param {Replica} replica
   * @returns {Promise<void>} when it's ready
   */
  async startReplica({ service, instance, port }) {
    this.#goOn();
    const logFile = join(STATE, 'logs', `${instance}.log`);
    const supervisor = new Supervisor({
      name: instance,
      logFile,
      say: (line) => this.say(line),
      start: () => {
        const app = new AppProcess({ service, instance, port, environment: this.environment, logFile });
        this.#remember(instance, app.pid);
        return app;
      },
    });
    if (service === 'gateway') this.#supervisors.unshift(supervisor);
    else this.#supervisors.push(supervisor);
    supervisor.launch();
    await supervisor.untilReady(READY_WITHIN_MS);
  }

  /** Gateways first, so that what they wait for is still answered; servers last. */
  async stop() {
    this.#isStopping = true;
    clearInterval(this.#watch);
    const isGateway = (/** @type {Supervisor} */ { name }) => name.startsWith('gateway-');
    await Promise.all(this.#supervisors.filter(isGateway).map((supervisor) => supervisor.stop()));
    await Promise.all(this.#supervisors.map((supervisor) => supervisor.stop()));
    rmSync(APPS_FILE, { force: true });
    await this.#mail?.stop();
    const infrastructure = await this.#infrastructure?.catch(() => undefined);
    await infrastructure?.stop();
  }

  /** At once, everything that was started here. */
  async kill() {
    this.#isStopping = true;
    clearInterval(this.#watch);
    await Promise.all(this.#supervisors.map((supervisor) => supervisor.kill()));
    if (this.#infrastructure) await killServers(STATE);
  }

  #goOn() {
    if (this.#isStopping) throw new PlainError('Stopped before it was up.');
  }

  /**
   * @param {string} instance
   * @param {number} pid
   */
  #remember(instance, pid) {
    this.#pids.set(instance, pid);
    writeFileSync(APPS_FILE, JSON.stringify(Object.fromEntries(this.#pids)));
  }

  /** @param {import('../infrastructure/server-process.mjs').ServerProcess[]} servers */
  #tellEnded(servers) {
    const ended = servers.filter((server) => server.hasEnded);
    if (ended.length === 0) return;
    clearInterval(this.#watch);
    for (const server of ended)
      this.say(
        `${server.name} has ended. Stop with Ctrl-C and start again. Its last words:\n${server.lastWords()}`,
      );
  }
}

/**
 * Where each replica listens. Gateways are for people: the first has the wanted port, others the next free ones.
 *
 * @param {import('./options.mjs').StartOptions} options
 * @returns {Promise<Replica[]>}
 */
export async function placeReplicas({ port, replicas }) {
  if (!(await isFree(port)))
    throw new PlainError(
      `Port ${port} is taken by another program. Stop it, or choose another port: npm start -- --port ${await nextFree(port + 1)}`,
    );
  const names = SERVICES.flatMap((service) =>
    Array.from({ length: replicas[service] }, (_, index) => ({
      service,
      instance: `${service}-${index + 1}`,
    })),
  );
  const workers = names.filter(({ service }) => service !== 'gateway');
  const ports = await freePorts(workers.length);
  /** @type {Replica[]} */
  const placed = workers.map((worker, index) => ({ ...worker, port: ports[index] ?? 0 }));
  let next = port;
  const gateways = [];
  for (const gateway of names.filter(({ service }) => service === 'gateway')) {
    next = await nextFree(next);
    gateways.push({ ...gateway, port: next++ });
  }
  return [...gateways, ...placed];
}

/** @param {number} from */
async function nextFree(from) {
  for (let port = from; port < from + 100 && port <= 65_535; port++) if (await isFree(port)) return port;
  return (await freePorts(1))[0] ?? 0;
}

/**
 * @param {Say} say
 * @returns {Promise<Record<string, string> | undefined>}
 */
async function serversOfOthers(say) {
  const deadline = Date.now() + OTHERS_READY_WITHIN_MS;
  for (;;) {
    const holder = holderOf('infra');
    if (!holder) return undefined;
    if (holder.isReady) {
      say('using the servers of npm run infra; they stay up afterwards');
      return readEnvironment(RUNTIME_ENV);
    }
    say('waiting for npm run infra to be up');
    if (Date.now() > deadline)
      throw new PlainError('npm run infra is running but does not get ready. Stop it and start again.');
    await sleep(500);
  }
}
