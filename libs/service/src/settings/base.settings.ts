import { hostname } from 'node:os';
import type { ServiceName } from '@kopeck/contracts';
import { IsBoolean, IsIn, IsInt, IsOptional, Length, Matches, Max, Min } from 'class-validator';
import { readSettings, type ReadSettings } from './settings.reader.js';

export const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** What every service needs to know; names are those of the environment. */
export class BaseSettings {
  @IsIn(['development', 'test', 'production'])
  NODE_ENV: 'development' | 'test' | 'production' = 'development';

  /** Comma-separated `host:port`. */
  @Matches(/^[^\s,:]+:\d{1,5}(\s*,\s*[^\s,:]+:\d{1,5})*$/, {
    message: 'KAFKA_BROKERS must be a list of host:port, such as 127.0.0.1:9092',
  })
  KAFKA_BROKERS: string;

  /** Unique among running instances; part of topic names, hence its letters. */
  @Matches(/^[A-Za-z0-9._-]{1,100}$/, {
    message: 'INSTANCE must be 1 to 100 letters, digits, dots, hyphens or underscores',
  })
  INSTANCE: string;

  /** Address to listen on. Workers have no business on a public one. */
  @Length(1, 255)
  HOST = '127.0.0.1';

  /** The gateway's port. */
  @IsInt()
  @Min(0)
  @Max(65_535)
  PORT = 3000;

  /** A worker's port for /health and /metrics; 0 takes any free one. */
  @IsInt()
  @Min(0)
  @Max(65_535)
  MANAGEMENT_PORT = 0;

  @IsIn(LOG_LEVELS)
  LOG_LEVEL: (typeof LOG_LEVELS)[number] = 'info';

  /** Bearer token for /metrics; without one only this machine may read them. */
  @IsOptional()
  @Length(16, 200)
  METRICS_TOKEN?: string;

  /** Believe X-Forwarded-For: only behind a proxy that sets it. */
  @IsBoolean()
  TRUST_PROXY = false;

  /** A stop that takes longer than this ends with exit code 1. */
  @IsInt()
  @Min(100)
  @Max(600_000)
  STOP_TIMEOUT_MS = 20_000;

  get brokers(): string[] {
    return this.KAFKA_BROKERS.split(',').map((broker) => broker.trim());
  }

  get isProduction(): boolean {
    return this.NODE_ENV === 'production';
  }
}

/** An instance that nobody named gets a name of its own. */
export function readBaseSettings(
  service: ServiceName,
  environment: NodeJS.ProcessEnv,
): ReadSettings<BaseSettings> {
  const INSTANCE = environment.INSTANCE || defaultInstanceOf(service);
  return readSettings(BaseSettings, { ...environment, INSTANCE });
}

/** `transaction-myhost-4711` */
function defaultInstanceOf(service: ServiceName): string {
  const host = hostname()
    .replace(/[^A-Za-z0-9-]/g, '-')
    .slice(0, 60);
  return `${service}-${host}-${process.pid}`;
}
