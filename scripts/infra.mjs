/**
 * `npm run infra`: PostgreSQL, Kafka and Redis, ready for services started by hand (`npx nest start transaction --watch`),
 * until Ctrl-C. Databases are migrated and topics created.
 */
import { startInfrastructure } from './infrastructure/infrastructure.mjs';
import { STATE } from './paths.mjs';
import { fail } from './plain-error.mjs';

try {
  const infrastructure = await startInfrastructure({ state: STATE, say: (line) => console.log(line) });
  console.log('Infrastructure is up; its addresses are in .kopeck/runtime.env. Ctrl-C stops it.');
  const keepAlive = setInterval(() => undefined, 60_000);
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) {
    process.once(signal, async () => {
      clearInterval(keepAlive);
      await infrastructure.stop();
      process.exit(0);
    });
  }
} catch (error) {
  fail(error);
}
