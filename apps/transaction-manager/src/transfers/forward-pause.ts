/** However long it takes, a transfer is asked after at least this often. */
const LONGEST_PAUSE_MS = 60_000;

/**
 * How long to wait for a result after the command was sent again: twice as long each time, up to a minute, and spread by a
 * fifth so that what failed together doesn't come back together.
 *
 * @param random from 0 to 1.
 */
export function forwardPauseMs(
  forwardCount: number,
  followUpAfterMs: number,
  random = Math.random(),
): number {
  const doubled = followUpAfterMs * 2 ** Math.min(forwardCount, 20);
  return Math.round(Math.min(doubled, LONGEST_PAUSE_MS) * (0.8 + 0.4 * random));
}
