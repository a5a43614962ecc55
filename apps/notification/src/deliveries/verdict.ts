import type { Outcome } from '../channels/channel.js';
import { pauseAfter, type RetrySchedule } from './retry-schedule.js';

/** What a try makes of its delivery. */
export type Verdict =
  | { readonly status: 'delivered' | 'failed' }
  | {
      readonly status: 'waiting';
      /** Until the next try. */
      readonly pauseMs: number;
    };

export interface TriesSoFar {
  /** Those before this one. */
  readonly attempts: number;
  readonly random: number;
  readonly scale: number;
}

export function verdictOf(
  outcome: Outcome,
  schedule: RetrySchedule,
  { attempts, random, scale }: TriesSoFar,
): Verdict {
  if (outcome.kind === 'delivered') return { status: 'delivered' };
  if (outcome.isFinal) return { status: 'failed' };
  const { retryAfterMs } = outcome;
  const pauseMs = pauseAfter(schedule, { failedAttempts: attempts + 1, random, scale, retryAfterMs });
  return pauseMs === null ? { status: 'failed' } : { status: 'waiting', pauseMs };
}
