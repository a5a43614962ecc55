/** When to try again: the pauses after the first, second… failed try. After the last of them it's given up. */
export interface RetrySchedule {
  readonly pausesMs: readonly number[];
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** As Standard Webhooks recommends: ten tries within about three days. */
export const WEBHOOK_SCHEDULE: RetrySchedule = {
  pausesMs: [
    5 * SECOND_MS,
    5 * MINUTE_MS,
    30 * MINUTE_MS,
    2 * HOUR_MS,
    5 * HOUR_MS,
    10 * HOUR_MS,
    14 * HOUR_MS,
    20 * HOUR_MS,
    24 * HOUR_MS,
  ],
};

/** For messages to people: what is a day late is of no more use. */
export const MESSAGE_SCHEDULE: RetrySchedule = {
  pausesMs: [
    SECOND_MS,
    5 * SECOND_MS,
    30 * SECOND_MS,
    2 * MINUTE_MS,
    10 * MINUTE_MS,
    30 * MINUTE_MS,
    HOUR_MS,
    2 * HOUR_MS,
    4 * HOUR_MS,
    8 * HOUR_MS,
    8 * HOUR_MS,
  ],
};

/** A fifth up or down: those that failed together don't come back together. */
const JITTER = 0.2;
/** Whoever asks for more patience than this isn't heard. */
export const LONGEST_RETRY_AFTER_MS = 24 * HOUR_MS;

export interface Pause {
  /** Tries that have failed, the last one included. */
  readonly failedAttempts: number;
  /** From 0 to 1. */
  readonly random: number;
  /** Shortens the schedule for tests and demonstrations; 1 leaves it as it is. */
  readonly scale: number;
  /** As the target asked: never earlier than that. */
  readonly retryAfterMs?: number;
}

/** @returns milliseconds until the next try; null when there is none. */
export function pauseAfter(
  schedule: RetrySchedule,
  { failedAttempts, random, scale, retryAfterMs = 0 }: Pause,
): number | null {
  const planned = schedule.pausesMs[failedAttempts - 1];
  if (planned === undefined) return null;
  const jittered = planned * scale * (1 - JITTER + 2 * JITTER * random);
  return Math.round(Math.max(jittered, Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS)));
}
