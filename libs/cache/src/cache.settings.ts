/** How the process reaches Redis, and how quickly it gives up. */
export interface CacheSettings {
  readonly url: string;
  /** An answer later than this is no answer. */
  readonly commandTimeoutMs: number;
  /** How long a service waits at boot for Redis to be there. */
  readonly waitAtBootMs: number;
}

const SAMPLE = 'REDIS_URL=redis://127.0.0.1:6379';

/** Reads the settings and lists everything that is wrong with them, one plain sentence each. */
export function readCacheSettings(environment: NodeJS.ProcessEnv): {
  settings: CacheSettings;
  faults: string[];
} {
  const faults: string[] = [];
  const url = environment.REDIS_URL ?? '';
  if (url === '') faults.push(`REDIS_URL is missing: set it, for example ${SAMPLE}`);
  else if (!URL.canParse(url) || !/^rediss?:$/.test(new URL(url).protocol)) {
    faults.push(`REDIS_URL must start with redis:// or rediss://, as in ${SAMPLE}`);
  }
  return {
    settings: {
      url,
      commandTimeoutMs: readNumber('REDIS_COMMAND_TIMEOUT_MS', 1_000, 10, 60_000, environment, faults),
      waitAtBootMs: readNumber('REDIS_WAIT_AT_BOOT_MS', 60_000, 0, 3_600_000, environment, faults),
    },
    faults,
  };
}

function readNumber(
  name: string,
  fallback: number,
  min: number,
  max: number,
  environment: NodeJS.ProcessEnv,
  faults: string[],
): number {
  const text = environment[name];
  if (text === undefined || text === '') return fallback;
  const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  faults.push(`${name} must be a whole number from ${min} to ${max}, but is "${text}"`);
  return fallback;
}
