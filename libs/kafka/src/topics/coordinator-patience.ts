import { setTimeout as wait } from 'node:timers/promises';

const MOVING = new Set([
  'NOT_COORDINATOR_FOR_GROUP',
  'GROUP_COORDINATOR_NOT_AVAILABLE',
  'GROUP_LOAD_IN_PROGRESS',
]);
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 500;

/**
 * Asks again while a group's coordinator is on the move: a broker's first seconds, or after one died. kafkajs does so
 * for consumers, but its admin asks once.
 *
 * @param timeoutMs how long in all; then the last error is thrown. Any other error is thrown at once.
 */
export async function patientWithCoordinator<T>(ask: () => Promise<T>, timeoutMs = 5_000): Promise<T> {
  const deadline = Date.now() + timeoutMs;
  for (let pauseMs = FIRST_WAIT_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_WAIT_MS)) {
    try {
      return await ask();
    } catch (error) {
      if (!MOVING.has((error as { type?: string }).type ?? '') || Date.now() + pauseMs > deadline)
        throw error;
      await wait(pauseMs);
    }
  }
}
