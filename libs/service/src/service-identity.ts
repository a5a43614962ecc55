import type { ServiceName } from '@kopeck/contracts';

/** Who this process is, as heartbeats, logs and metrics say it. */
export class ServiceIdentity {
  readonly startedAt = new Date().toISOString();

  constructor(
    readonly service: ServiceName,
    readonly instance: string,
    readonly version: string,
  ) {}
}
