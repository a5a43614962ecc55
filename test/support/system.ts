import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICE_NAMES, type ServiceName } from '@kopeck/contracts';
import { freePorts } from '../../scripts/infrastructure/ports.mjs';
import { AppProcess } from '../../scripts/processes/app-process.mjs';
import { forgetRates } from './forget-rates.js';
import { LeftProcess } from './left-process.js';

const READY_WITHIN_MS = 60_000;

/** Port 9 discards: rates come from the shipped snapshot, and no test asks the world outside. */
const NO_FEEDS = {
  RATES_BANK_OF_RUSSIA_URL: 'http://127.0.0.1:9/',
  RATES_ECB_URL: 'http://127.0.0.1:9/',
  RATES_ECB_HISTORY_URL: 'http://127.0.0.1:9/',
};

export interface SystemOptions {
  /** Replicas of each service; one of each when left out. The gateway's first replica serves `url`. */
  readonly replicas?: Partial<Record<ServiceName, number>>;
  /** Of single services, beside or instead of the usual ones. */
  readonly settings?: Partial<Record<ServiceName, Settings>>;
}

type Settings = Readonly<Record<string, string>>;

/** The built services as processes, on the servers that `npm test` started. */
export interface RunningSystem {
  /** Of the first gateway, without a slash at the end. */
  readonly url: string;
  readonly brokers: string[];
  /** As the administrator: for looking at what the services wrote. */
  readonly databaseUrl: string;
  readonly operator: { readonly email: string; readonly password: string };
  /** `kill -9` of all replicas of a service. */
  kill(service: ServiceName): Promise<void>;
  /** Starts what was killed, and waits until it's ready. */
  start(service: ServiceName): Promise<void>;
  /** To the replicas of a service, such as SIGSTOP and SIGCONT. */
  signal(service: ServiceName, signal: NodeJS.Signals): void;
  /** To the suites that follow, which go on with what they can use. It ends with `npm test`. */
  leave(): Promise<void>;
}

/** What a suite may use that shares the system with others: it can't break it. */
export type SharedSystem = Pick<RunningSystem, 'url' | 'brokers' | 'databaseUrl' | 'operator'>;

/** One of each service with the usual settings. */
export async function sharedSystem(): Promise<SharedSystem> {
  const system = await startSystem();
  await system.leave();
  return system;
}

/**
 * For suites that break the system or set it differently, one at a time, as suites on systems run. What the suite before left is
 * used where it's set as it shall be: starting a service takes longer than many a suite.
 *
 * @throws with the log's last lines when a service doesn't become ready.
 */
export async function startSystem(options: SystemOptions = {}): Promise<RunningSystem> {
  const system = new System(options);
  try {
    await system.begin(readLeft());
    return system;
  } catch (error) {
    // All of it, or none: what didn't become ready would stay in its consumer groups.
    await system.stop();
    throw error;
  }
}

type Replica = Pick<AppProcess, 'hasEnded' | 'signal' | 'kill' | 'stop' | 'leave'>;

/** How a service shall run. */
interface Wanted {
  readonly replicas: number;
  readonly settings: Settings;
}

interface Running {
  readonly wanted: Wanted;
  readonly ports: readonly number[];
  replicas: readonly Replica[];
}

class System implements RunningSystem {
  private readonly running = new Map<ServiceName, Running>();
  readonly brokers = required('KAFKA_BROKERS').split(',');
  readonly databaseUrl = required('POSTGRES_ADMIN_URL');
  readonly operator = { email: required('OPERATOR_EMAIL'), password: required('OPERATOR_PASSWORD') };

  constructor(private readonly options: SystemOptions) {}

  get url(): string {
    return `http://127.0.0.1:${this.find('gateway').ports[0]}`;
  }

  async begin(left: Left): Promise<void> {
    const others = SERVICE_NAMES.filter((service) => !this.takeOver(service, left[service]));
    // Consumers must have left their groups before others join them.
    await Promise.all(others.map((service) => stopAll(replicasOf(left[service]))));
    if (others.includes('currency-converter')) await forgetRates();
    for (const service of others) {
      const wanted = this.wantedOf(service);
      this.running.set(service, { wanted, ports: await freePorts(wanted.replicas), replicas: [] });
    }
    await Promise.all(others.map((service) => this.start(service)));
  }

  async start(service: ServiceName): Promise<void> {
    const running = this.find(service);
    const replicas = running.ports.map((port, index) =>
      launch(service, `${service}-${index + 1}`, port, running.wanted.settings),
    );
    running.replicas = replicas;
    await Promise.all(replicas.map((replica) => replica.waitUntilReady(READY_WITHIN_MS)));
  }

  async kill(service: ServiceName): Promise<void> {
    await Promise.all(this.find(service).replicas.map((replica) => replica.kill()));
  }

  signal(service: ServiceName, signal: NodeJS.Signals): void {
    for (const replica of this.find(service).replicas) replica.signal(signal);
  }

  async stop(): Promise<void> {
    writeLeft({});
    await Promise.all([...this.running.values()].map(({ replicas }) => stopAll(replicas)));
  }

  async leave(): Promise<void> {
    const left: Left = {};
    for (const [service, { wanted, ports, replicas }] of this.running) {
      if (replicas.some(({ hasEnded }) => hasEnded)) await stopAll(replicas);
      else left[service] = { wanted, ports, pids: replicas.map((replica) => replica.leave()) };
    }
    writeLeft(left);
  }

  /** @returns false when it has to be started. */
  private takeOver(service: ServiceName, left: LeftService | undefined): boolean {
    const wanted = this.wantedOf(service);
    if (!left || JSON.stringify(left.wanted) !== JSON.stringify(wanted)) return false;
    const replicas = replicasOf(left);
    if (replicas.some(({ hasEnded }) => hasEnded)) return false;
    this.running.set(service, { wanted, ports: left.ports, replicas });
    return true;
  }

  private wantedOf(service: ServiceName): Wanted {
    const { replicas, settings } = this.options;
    return { replicas: replicas?.[service] ?? 1, settings: settings?.[service] ?? {} };
  }

  private find(service: ServiceName): Running {
    const running = this.running.get(service);
    if (!running) throw new Error(`${service} was never started`);
    return running;
  }
}

function launch(service: ServiceName, instance: string, port: number, settings: Settings): AppProcess {
  return new AppProcess({
    service,
    instance,
    port,
    logFile: logFileOf(instance),
    environment: {
      NODE_ENV: 'development',
      RATE_LIMIT_PER_MINUTE: '0',
      SIGN_UP_LIMIT_PER_HOUR: '0',
      ...NO_FEEDS,
      ...settings,
    },
  });
}

async function stopAll(replicas: readonly Replica[]): Promise<void> {
  await Promise.all(replicas.map((replica) => replica.stop()));
}

/** The lines that an instance logged, for tests of what must not be in them. */
export function logOf(instance: string): string {
  return readFileSync(logFileOf(instance), 'utf8');
}

function logFileOf(instance: string): string {
  return join(required('KOPECK_TEST_STATE'), 'logs', `${instance}.log`);
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the suites by npm test, which starts the servers`);
  return value;
}

/** Suites know nothing of each other but what is written down. */
type Left = Partial<Record<ServiceName, LeftService>>;

interface LeftService {
  readonly wanted: Wanted;
  readonly ports: readonly number[];
  readonly pids: readonly number[];
}

function replicasOf(left: LeftService | undefined): Replica[] {
  return (left?.pids ?? []).map((pid) => new LeftProcess(pid));
}

function leftFile(): string {
  return join(required('KOPECK_TEST_STATE'), 'running-system.json');
}

function readLeft(): Left {
  return existsSync(leftFile()) ? (JSON.parse(readFileSync(leftFile(), 'utf8')) as Left) : {};
}

function writeLeft(left: Left): void {
  writeFileSync(leftFile(), JSON.stringify(left));
}
