import { setTimeout as wait } from 'node:timers/promises';

const COORDINATOR_MOVES = new Set([
  'NOT_COORDINATOR_FOR_GROUP',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'GROUP_LOAD_IN_PROGRESS',
]);
const LEADERS_MISSING = new Set([
  'UNKNOWN_TOPIC_OR_PARTITION',
  'LEADER_NOT_AVAILABLE',
  'NOT_LEADER_FOR_PARTITION',
]);

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 500;

/**
 * Asks again while a group's coordinator is on the move: a broker's first seconds, or after one died. kafkajs does so
 * for consumers, but its admin asks once.
 *
 * @param timeoutMs how long in all; then the last error is thrown. Any other error is thrown at once.
 */
export function patientWithCoordinator<T>(ask: () => Promise<T>, timeoutMs = 5_000): Promise<T> {
  return askAgainWhile(COORDINATOR_MOVES, ask, timeoutMs);
}

/**
 * Asks again while new topics have no leaders yet. On a busy machine that takes a broker longer than kafkajs's own few
 * tries, when a whole table of topics is created at once.
 *
 * @param timeoutMs how long in all; then the last error is thrown. Any other error is thrown at once.
 */
export function patientWithLeaders<T>(ask: () => Promise<T>, timeoutMs = 30_000): Promise<T> {
  return askAgainWhile(LEADERS_MISSING, ask, timeoutMs);
}

async function askAgainWhile<T>(
  types: ReadonlySet<string>,
  ask: () => Promise<T>,
  timeoutMs: number,
): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (let pauseMs = FIRST_WAIT_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await ask();
    } catch (error) {
      if (!isOf(types, error) || Date.now() + pauseMs > deadline) throw error;
      await wait(pauseMs);
    }
  }
}

/** By its own type or by that of what kafkajs wrapped after its last try. */
function isOf(types: ReadonlySet<string>, error: unknown): boolean {
  const { type, cause } = (error ?? {}) as { type?: string; cause?: unknown };
  return types.has(type ?? '') || (cause !== undefined && isOf(types, cause));
}
