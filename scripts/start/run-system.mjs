/**
 * The second half of `npm start`, on Node 24: servers and build side by side, then databases and topics, then services,
 * then demo data; and everything down again at Ctrl-C.
 */
import { fileURLToPath } from 'node:url';
import { Listr } from 'listr2';
import { composeDown, hasDocker } from '../infrastructure/compose.mjs';
import { givenEnvironment } from '../infrastructure/environment-files.mjs';
import { ADDRESS_NAMES, killServers, removeData } from '../infrastructure/infrastructure.mjs';
import { STATE } from '../paths.mjs';
import { fail, PlainError } from '../plain-error.mjs';
import { startInBatchPolicy } from '../processes/batch-scheduling.mjs';
import { claim, holderOf } from '../processes/claim.mjs';
import { seed } from '../seed.mjs';
import { stopLeftoverApps } from './leftovers.mjs';
import { readOptions, USAGE } from './options.mjs';
import { PlainLogger } from './plain-logger.mjs';
import { placeReplicas, RunningSystem } from './running-system.mjs';
import { onStopSignals } from './stop-signals.mjs';
import { summaryOf } from './summary.mjs';

const startedAt = Date.now();
const script = fileURLToPath(import.meta.url);

try {
  const options = readOptions(process.argv.slice(2), givenEnvironment());
  if (options.help) {
    process.stdout.write(USAGE);
    process.exit(0);
  }
  const mine = claim('start', script);
  if (!mine) throw alreadyRunning();
  process.once('exit', () => mine.release());
  await run(options, mine);
} catch (error) {
  fail(error);
}

/**
 * @param {import('./options.mjs').StartOptions} options
 * @param {import('../processes/claim.mjs').Claim} mine
 */
async function run(options, mine) {
  await stopLeftoverApps();
  const replicas = await placeReplicas(options);
  if (options.reset) await reset();
  startInBatchPolicy();
  const system = new RunningSystem();
  let isStopping = false;
  /** @type {(() => void) | undefined} */
  let stopAsked;
  const stopped = new Promise((resolve) => (stopAsked = () => resolve(undefined)));
  onStopSignals({
    onStop: () => {
      isStopping = true;
      console.log('\nStopping; Ctrl-C again kills everything at once.');
      stopAsked?.();
    },
    onSecond: () => void system.kill().finally(() => process.exit(130)),
  });
  const starting = tasksOf(system, options, replicas).run();
  try {
    await Promise.race([starting, stopped]);
    if (!isStopping) {
      mine.ready({ url: `http://127.0.0.1:${replicas[0]?.port}` });
      console.log(
        summaryOf({
          replicas,
          environment: system.environment,
          mailUrl: system.mailUrl,
          isSeeded: options.seed,
          tookMs: Date.now() - startedAt,
        }),
      );
    }
    await stopped;
    await Promise.all([system.stop(), starting.catch(() => undefined)]);
    console.log('Stopped. The data is kept for the next npm start.');
    process.exit(0);
  } catch (error) {
    await system.stop();
    throw error;
  }
}

/**
 * @param {RunningSystem} system
 * @param {import('./options.mjs').StartOptions} options
 * @param {import('./running-system.mjs').Replica[]} replicas
 */
function tasksOf(system, options, replicas) {
  /** @typedef {{ output: string }} Task */
  const sayIn = (/** @type {Task} */ task) => (/** @type {string} */ line) => void (task.output = line);
  return new Listr(
    [
      {
        title: 'Servers and services',
        task: (_, parent) =>
          parent.newListr(
            [
              { title: 'PostgreSQL, Kafka and Redis', task: (__, task) => system.startServers(sayIn(task)) },
              { title: 'Build', task: (__, task) => system.build(sayIn(task)) },
            ],
            { concurrent: true },
          ),
      },
      { title: 'Databases and topics', task: (_, task) => system.prepare(sayIn(task)) },
      { title: 'Mail catcher', task: () => system.catchMail(replicas[0]?.port ?? 0) },
      {
        title: 'Start',
        task: (_, parent) =>
          parent.newListr(
            replicas.map((replica) => ({
              title: replica.instance,
              task: () => system.startReplica(replica),
            })),
            { concurrent: true },
          ),
      },
      {
        title: 'Demo data',
        enabled: options.seed,
        task: (_, task) =>
          seed({
            url: `http://127.0.0.1:${replicas[0]?.port}`,
            environment: system.environment,
            say: sayIn(task),
          }),
      },
    ],
    {
      renderer: 'default',
      fallbackRenderer: 'simple',
      // A terminal that tells no width would get one letter a line.
      fallbackRendererCondition: () => !process.stdout.isTTY || !process.stdout.columns,
      fallbackRendererOptions: { logger: new PlainLogger() },
      registerSignalListeners: false,
      rendererOptions: { collapseSubtasks: false, showErrorMessage: false },
    },
  );
}

function alreadyRunning() {
  const { pid, url } = holderOf('start') ?? {};
  const where = url ? ` at ${url}` : '';
  return new PlainError(
    `Kopeck is running already${where} (process ${pid}). Stop it with Ctrl-C there, or go on using it.`,
  );
}

async function reset() {
  if (holderOf('infra'))
    throw new PlainError('npm run infra is running and uses the data. Stop it, then start with --reset.');
  const given = givenEnvironment();
  const named = ADDRESS_NAMES.filter((name) => given[name]);
  if (named.length === ADDRESS_NAMES.length)
    throw new PlainError(
      '--reset throws away only what Kopeck started itself, and .env names servers of your own: empty those yourself.',
    );
  if (named.length > 0)
    console.log(`--reset leaves what ${named.join(' and ')} name${named.length === 1 ? 's' : ''} as it is.`);
  else if (hasDocker()) composeDown({ removeData: true });
  await killServers(STATE);
  removeData(STATE);
}
