import { Injectable } from '@nestjs/common';
import {
  HEARTBEAT_TIMEOUT_MS,
  SERVICE_NAMES,
  type ServiceHeartbeat,
  type ServiceName,
} from '@kopeck/contracts';

export type ServiceStatus = 'up' | 'degraded' | 'down';

export interface InstanceState {
  readonly instance: string;
  readonly status: ServiceStatus;
  readonly version: string;
  readonly startedAt: string;
  readonly lastSeenAt: string;
  readonly problem: string | null;
}

export interface ServiceState {
  readonly service: ServiceName;
  readonly status: ServiceStatus;
  readonly version: string | null;
  readonly instances: InstanceState[];
}

/** A silent instance is shown for so long; then it is taken for replaced. */
const FORGET_AFTER_MS = 600_000;
const MAX_INSTANCES = 1_000;

/** The last heartbeat of each instance: who is there, as far as can be heard. */
@Injectable()
export class ServiceBoard {
  private readonly lastOf = new Map<string, ServiceHeartbeat>();

  hear(heartbeat: ServiceHeartbeat): void {
    const key = `${heartbeat.service}/${heartbeat.instance}`;
    const before = this.lastOf.get(key);
    if (before && before.at > heartbeat.at) return;
    this.lastOf.delete(key);
    // Whoever says goodbye is gone on purpose, not down.
    if (heartbeat.status !== 'stopping') this.lastOf.set(key, heartbeat);
    if (this.lastOf.size > MAX_INSTANCES) this.forgetOldest();
  }

  /** Every service there should be, also those never heard of. */
  states(nowMs: number): ServiceState[] {
    return SERVICE_NAMES.map((service) => stateOf(service, this.heardOf(service, nowMs), nowMs));
  }

  /** What the live instances say of their own lag, summed; null where nobody says anything. */
  reportedLagOf(service: ServiceName, nowMs: number): number | null {
    const lags = this.heardOf(service, nowMs)
      .filter((heartbeat) => !isSilent(heartbeat, nowMs))
      .map(({ lag }) => lag)
      .filter((lag) => lag !== undefined);
    return lags.length === 0 ? null : lags.reduce((sum, lag) => sum + lag, 0);
  }

  private heardOf(service: ServiceName, nowMs: number): ServiceHeartbeat[] {
    return [...this.lastOf.values()].filter(
      (heartbeat) => heartbeat.service === service && nowMs - Date.parse(heartbeat.at) < FORGET_AFTER_MS,
    );
  }

  private forgetOldest(): void {
    const [oldest] = this.lastOf.keys();
    if (oldest !== undefined) this.lastOf.delete(oldest);
  }
}

function stateOf(service: ServiceName, heard: readonly ServiceHeartbeat[], nowMs: number): ServiceState {
  const instances = heard
    .map((heartbeat) => instanceOf(heartbeat, nowMs))
    .sort((a, b) => a.instance.localeCompare(b.instance));
  const live = instances.filter(({ status }) => status !== 'down');
  const isDegraded = live.some(({ status }) => status === 'degraded');
  return {
    service,
    status: live.length === 0 ? 'down' : isDegraded ? 'degraded' : 'up',
    version: live.at(-1)?.version ?? instances.at(-1)?.version ?? null,
    instances,
  };
}

function instanceOf(heartbeat: ServiceHeartbeat, nowMs: number): InstanceState {
  const { instance, version, startedAt, at: lastSeenAt, problem = null, status } = heartbeat;
  if (isSilent(heartbeat, nowMs)) {
    const seconds = Math.round((nowMs - Date.parse(lastSeenAt)) / 1_000);
    return { instance, status: 'down', version, startedAt, lastSeenAt, problem: `silent for ${seconds} s` };
  }
  return {
    instance,
    status: status === 'degraded' ? 'degraded' : 'up',
    version,
    startedAt,
    lastSeenAt,
    problem,
  };
}

function isSilent(heartbeat: ServiceHeartbeat, nowMs: number): boolean {
  return nowMs - Date.parse(heartbeat.at) > HEARTBEAT_TIMEOUT_MS;
}
