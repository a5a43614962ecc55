/**
 * `npm run infra`: PostgreSQL, Kafka and Redis, migrated and with topics, ready for services started by hand
 * (`npx nest start transaction --watch`), until Ctrl-C.
 */
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { fail } from './plain-error.mjs';
import { ensureInstalled } from './start/install.mjs';
import { continueOnOwnNode } from './start/own-node.mjs';

try {
  await ensureInstalled((line) => console.log(line));
  continueOnOwnNode(join(ROOT, 'scripts', 'start', 'run-servers.mjs'), process.argv.slice(2));
} catch (error) {
  fail(error);
}
