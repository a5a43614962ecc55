/** One Ctrl-C arrives up to three times: from the terminal, from npm and from the parent process. */
const SAME_KEYSTROKE_MS = 500;

/**
 * Calls `onStop` at the first signal and `onSecond` when somebody asks again. A parent that is gone counts as a signal.
 *
 * @param {{ onStop: () => void, onSecond: () => void, now?: () => number }} handlers
 */
export function onStopSignals({ onStop, onSecond, now = Date.now }) {
  /** @type {number | undefined} */
  let firstAt;
  const heard = () => {
    if (firstAt === undefined) {
      firstAt = now();
      onStop();
    } else if (now() - firstAt > SAME_KEYSTROKE_MS) onSecond();
  };
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, heard);
  process.once('disconnect', () => firstAt === undefined && heard());
}
