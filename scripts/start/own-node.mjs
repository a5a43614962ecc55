import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { NODE } from '../paths.mjs';
import { onStarterGone } from './starter.mjs';

const SIGNALS = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']);

/**
 * Goes on in the Node that package.json pins, and ends as that one ends.
 *
 * @param {string} script absolute path
 * @param {string[]} args
 */
export function continueOnOwnNode(script, args) {
  // The channel tells the script when this process is gone, even by SIGKILL: nothing is left running then.
  const child = spawn(NODE, [script, ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of SIGNALS) process.on(signal, () => child.kill(signal));
  onStarterGone(() => child.kill('SIGTERM'));
  child.on('error', (error) => {
    process.stderr.write(`Node 24 could not be started: ${error.message}. Run npm ci and start again.\n`);
    process.exit(1);
  });
  child.on('exit', (code, signal) =>
    process.exit(signal ? 128 + (constants.signals[signal] ?? 0) : (code ?? 1)),
  );
}
