import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

const LINES = 8;
const MOST_BYTES = 16_384;

/**
 * @param {string} file
 * @returns {number} where the next line will begin; 0 when there is no file yet
 */
export function endOf(file) {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

/**
 * The last lines of a log, none older than a position: a file goes on from one start to the next, and what an earlier
 * process said would pass for this one's last words.
 *
 * @param {string} file
 * @param {number} since bytes, from `endOf`
 */
export function lastLines(file, since) {
  if (endOf(file) <= since) return '';
  const handle = openSync(file, 'r');
  try {
    const from = Math.max(since, fstatSync(handle).size - MOST_BYTES);
    const buffer = Buffer.alloc(MOST_BYTES);
    const length = readSync(handle, buffer, 0, MOST_BYTES, from);
    return buffer.toString('utf8', 0, length).trim().split('\n').slice(-LINES).join('\n');
  } finally {
    closeSync(handle);
  }
}
