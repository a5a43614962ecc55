import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  readonly environment?: Readonly<Record<string, string>>;
}

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
  stop(): Promise<void>;
}

/** What a suite may use that shares the system with others: it can't break it. */
export type SharedSystem = Pick<RunningSystem, 'url' | 'brokers' | 'databaseUrl' | 'operator'>;

export interface BrokenSystem extends RunningSystem {
  /** To the suites that follow; stops it instead where a part of it doesn't run. */
  leave(): Promise<void>;
}

/**
 * One of each service with the usual settings, started by the first suite that asks and left to the others: starting one
 * takes longer than many a suite. It ends when a suite starts a system of its own, or with `npm test`.
 */
export async function sharedSystem(): Promise<SharedSystem> {
  const shared = readShared();
  if (shared) return System.leftBy(shared);
  const system = await started({});
  await system.leave();
  return system;
}

/**
 * The shared one for a suite that breaks it: one at a time, as suites on systems run. It ends with
 * `leave`, not with `stop`.
 */
export async function brokenSystem(): Promise<BrokenSystem> {
  const shared = readShared();
  return shared ? System.leftBy(shared) : started({});
}

/**
 * For suites with settings of their own.
 *
 * @throws with the log's last lines when a service doesn't become ready.
 */
export async function startSystem(options: SystemOptions): Promise<RunningSystem> {
  const shared = readShared();
  // Its consumers must have left before others join their groups.
  if (shared) await System.leftBy(shared).stop();
  return started(options);
}

/** All of it, or none: what didn't become ready would stay in its consumer groups. */
async function started(options: SystemOptions): Promise<System> {
  await forgetRates();
  const system = new System(options);
  try {
    await system.startAll();
    return system;
  } catch (error) {
    await system.stop();
    throw error;
  }
}

type Replica = Pick<AppProcess, 'hasEnded' | 'signal' | 'kill' | 'stop' | 'leave'>;

class System implements BrokenSystem {
  private readonly running = new Map<ServiceName, Replica[]>();
  private readonly state = required('KOPECK_TEST_STATE');
  private ports: number[] = [];
  readonly brokers = serversOf().brokers;
  readonly databaseUrl = serversOf().databaseUrl;
  readonly operator = serversOf().operator;

  constructor(private readonly options: SystemOptions) {}

  static leftBy({ ports, pids }: Shared): System {
    const system = new System({});
    system.ports = [...ports];
    SERVICE_NAMES.forEach((service, index) => system.running.set(service, [new LeftProcess(pids[index]!)]));
    return system;
  }

  get url(): string {
    return `http://127.0.0.1:${this.portsOf('gateway')[0]}`;
  }

  async startAll(): Promise<void> {
    this.ports = await freePorts(SERVICE_NAMES.reduce((sum, service) => sum + this.replicasOf(service), 0));
    await Promise.all(SERVICE_NAMES.map((service) => this.start(service)));
  }

  async start(service: ServiceName): Promise<void> {
    const replicas = this.portsOf(service).map((port, index) =>
      this.launch(service, `${service}-${index + 1}`, port),
    );
    this.running.set(service, replicas);
    await Promise.all(replicas.map((replica) => replica.waitUntilReady(READY_WITHIN_MS)));
  }

  async kill(service: ServiceName): Promise<void> {
    await Promise.all(this.replicas(service).map((replica) => replica.kill()));
  }

  signal(service: ServiceName, signal: NodeJS.Signals): void {
    for (const replica of this.replicas(service)) replica.signal(signal);
  }

  async stop(): Promise<void> {
    rmSync(sharedFile(), { force: true });
    await Promise.all(this.all().map((replica) => replica.stop()));
  }

  async leave(): Promise<void> {
    if (this.all().some(({ hasEnded }) => hasEnded)) return this.stop();
    const shared: Shared = { ports: this.ports, pids: this.all().map((replica) => replica.leave()) };
    writeFileSync(sharedFile(), JSON.stringify(shared));
  }

  private launch(service: ServiceName, instance: string, port: number): AppProcess {
    return new AppProcess({
      service,
      instance,
      port,
      logFile: join(this.state, 'logs', `${instance}.log`),
      environment: {
        NODE_ENV: 'development',
        RATE_LIMIT_PER_MINUTE: '0',
        SIGN_UP_LIMIT_PER_HOUR: '0',
        ...NO_FEEDS,
        ...this.options.environment,
      },
    });
  }

  /** In the order of the services' names. */
  private all(): Replica[] {
    return SERVICE_NAMES.flatMap((service) => this.replicas(service));
  }

  private replicas(service: ServiceName): Replica[] {
    return this.running.get(service) ?? [];
  }

  private replicasOf(service: ServiceName): number {
    return this.options.replicas?.[service] ?? 1;
  }

  private portsOf(service: ServiceName): number[] {
    const before = SERVICE_NAMES.slice(0, SERVICE_NAMES.indexOf(service));
    const first = before.reduce((sum, name) => sum + this.replicasOf(name), 0);
    return this.ports.slice(first, first + this.replicasOf(service));
  }
}

/** The lines that an instance logged, for tests of what must not be in them. */
export function logOf(instance: string): string {
  return readFileSync(join(required('KOPECK_TEST_STATE'), 'logs', `${instance}.log`), 'utf8');
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run the suites by npm test, which starts the servers`);
  return value;
}

function serversOf(): Omit<SharedSystem, 'url'> {
  return {
    brokers: required('KAFKA_BROKERS').split(','),
    databaseUrl: required('POSTGRES_ADMIN_URL'),
    operator: { email: required('OPERATOR_EMAIL'), password: required('OPERATOR_PASSWORD') },
  };
}

/** Test files know nothing of each other but what is written down; one replica of each service, in the order of their names. */
interface Shared {
  readonly ports: readonly number[];
  readonly pids: readonly number[];
}

function sharedFile(): string {
  return join(required('KOPECK_TEST_STATE'), 'shared-system.json');
}

function readShared(): Shared | undefined {
  return existsSync(sharedFile()) ? (JSON.parse(readFileSync(sharedFile(), 'utf8')) as Shared) : undefined;
}
