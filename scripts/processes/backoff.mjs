const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/**
 * How long to wait before a process that ended is started again: twice as long each time, half a minute at most.
 *
 * @param {number} crashes in a row, from 1
 */
export function backoffMs(crashes) {
  return Math.min(FIRST_MS * 2 ** Math.max(0, Math.min(crashes - 1, 16)), LONGEST_MS);
}
