/**
 * `npm start`: installs what is missing and starts the whole system. See scripts/start/.
 */
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { fail } from './plain-error.mjs';
import { ensureInstalled } from './start/install.mjs';
import { continueOnOwnNode } from './start/own-node.mjs';

try {
  await ensureInstalled((line) => console.log(line));
  continueOnOwnNode(join(ROOT, 'scripts', 'start', 'run-system.mjs'), process.argv.slice(2));
} catch (error) {
  fail(error);
}
