import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@nestjs/common';

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 1_000;
const SAY_AGAIN_MS = 10_000;

export interface Waiting {
  /** What is waited for, in words: `the broker at 127.0.0.1:9092`. */
  readonly what: string | ((error: unknown) => string);
  readonly logger: Pick<Logger, 'log' | 'warn'>;
  readonly signal: AbortSignal;
}

/**
 * A service that starts before its broker waits for it and says so; no failure is remembered.
 *
 * @throws what `attempt` threw last when the signal ends the waiting.
 */
export async function untilItWorks<T>(attempt: () => Promise<T>, waiting: Waiting): Promise<T> {
  let saidAt = -Infinity;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      const result = await attempt();
      if (saidAt > -Infinity) waiting.logger.log('That worked: going on');
      return result;
    } catch (error) {
      if (waiting.signal.aborted) throw error;
      if (performance.now() - saidAt > SAY_AGAIN_MS) {
        saidAt = performance.now();
        const what = typeof waiting.what === 'string' ? waiting.what : waiting.what(error);
        waiting.logger.warn(`Waiting for ${what} (${messageOf(error)})`);
      }
      await delay(pauseMs, undefined, { signal: waiting.signal }).catch(() => {
        throw error;
      });
    }
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
