import { commandLineOf, parentOf } from '../processes/process-identity.mjs';

const EVERY_MS = 500;

/**
 * Calls `onGone` once the npm that started this script is gone. npm passes a signal on to the shell it put between, which
 * dies of it without a word to the script; and SIGKILL passes nobody on. Other starters are left alone: a script may
 * outlive the shell of whoever typed it.
 *
 * @param {() => void} onGone
 * @param {{ everyMs?: number }} [options]
 */
export function onStarterGone(onGone, { everyMs = EVERY_MS } = {}) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return;
  const before = starters();
  const watch = setInterval(() => {
    if (starters() === before) return;
    clearInterval(watch);
    onGone();
  }, everyMs);
  watch.unref();
}

/** The shell and npm; npm alone where the shell has become the script. */
function starters() {
  const parent = process.ppid;
  return /^\S*sh -c /.test(commandLineOf(parent)) ? `${parent} ${parentOf(parent)}` : String(parent);
}
