/**
 * `npm run infra`: PostgreSQL, Kafka and Redis, migrated and with topics, ready for services started by hand
 * (`npx nest start transaction --watch`), until Ctrl-C.
 */
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { fail, PlainError } from './plain-error.mjs';
import { ensureInstalled } from './start/install.mjs';
import { continueOnOwnNode } from './start/own-node.mjs';

const USAGE = `npm run infra

It has no options: what can be set is in .env. Ctrl-C stops the servers and keeps their data.
`;

try {
  const [argument] = process.argv.slice(2);
  if (argument === '--help' || argument === '-h') {
    process.stdout.write(USAGE);
    process.exit(0);
  }
  if (argument !== undefined) throw new PlainError(`npm run infra knows no "${argument}".\n\n${USAGE}`);
  await ensureInstalled((line) => console.log(line));
  continueOnOwnNode(join(ROOT, 'scripts', 'start', 'run-servers.mjs'), []);
} catch (error) {
  fail(error);
}
