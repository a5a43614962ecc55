/**
 * The second half of `npm run infra`, on Node 24: servers, databases and topics; services are started by hand.
 */
import { fileURLToPath } from 'node:url';
import { build } from '../build.mjs';
import { killServers, startInfrastructure } from '../infrastructure/infrastructure.mjs';
import { STATE } from '../paths.mjs';
import { fail, PlainError } from '../plain-error.mjs';
import { startInBatchPolicy } from '../processes/batch-scheduling.mjs';
import { claim, holderOf } from '../processes/claim.mjs';
import { runSetup } from '../setup.mjs';
import { onStopSignals } from './stop-signals.mjs';

const say = (/** @type {string} */ line) => console.log(line);

try {
  const mine = claim('infra', fileURLToPath(import.meta.url));
  if (!mine)
    throw new PlainError('npm run infra is running already; its addresses are in .kopeck/runtime.env.');
  process.once('exit', () => mine.release());
  if (holderOf('start'))
    throw new PlainError(
      'npm start is running: its servers are up, their addresses are in .kopeck/runtime.env.',
    );
  await run(mine);
} catch (error) {
  fail(error);
}

/** @param {import('../processes/claim.mjs').Claim} mine */
async function run(mine) {
  startInBatchPolicy();
  const starting = startInfrastructure({ state: STATE, say });
  const keepAlive = setInterval(() => undefined, 60_000);
  const stop = async () => {
    await (await starting.catch(() => undefined))?.stop();
    clearInterval(keepAlive);
  };
  onStopSignals({
    onStop: () => {
      say('\nStopping; Ctrl-C again kills the servers at once.');
      void stop()
        .then(() => say('Stopped. The data is kept.'))
        .finally(() => process.exit(0));
    },
    onSecond: () => void killServers(STATE).finally(() => process.exit(130)),
  });
  try {
    const [{ environment }] = await Promise.all([starting, build({ projects: ['setup'], say })]);
    await runSetup(environment, say);
  } catch (error) {
    await stop();
    throw error;
  }
  mine.ready();
  say(
    'Servers are up; their addresses are in .kopeck/runtime.env, where services find them. Ctrl-C stops them.',
  );
}
