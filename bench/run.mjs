/**
 * `npm run bench`: Kopeck beside the same chain on Nest's transport as it comes, in one run on one machine. See README.md.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startInBatchPolicy } from '../scripts/processes/batch-scheduling.mjs';
import { Baseline } from './baseline.mjs';
import { build } from './build.mjs';
import { checkLedger, countTransfers } from './check.mjs';
import { Kopeck } from './kopeck.mjs';
import { LoadGenerator } from './load.mjs';
import { readOptions, USAGE } from './options.mjs';
import { printReport, summarise, writeJson } from './report.mjs';
import { Rounds } from './rounds.mjs';
import { startServers } from './servers.mjs';

const DIRECTORY = fileURLToPath(new URL('../.kopeck/bench/', import.meta.url));

/** @type {{ stop: () => unknown }[]} what to stop, last started first */
const running = [];
let isStopping = false;

/** @template {{ stop: () => unknown }} T @param {T} started @returns {T} */
function remember(started) {
  running.unshift(started);
  return started;
}

async function stopAll() {
  if (isStopping) return;
  isStopping = true;
  for (const one of running) {
    try {
      await one.stop();
    } catch (error) {
      console.error(error);
    }
  }
}

/**
 * @param {import('./options.mjs').BenchOptions} options
 * @returns {Promise<boolean>} true when the books are right
 */
async function bench(options) {
  mkdirSync(DIRECTORY, { recursive: true });
  if (options.build) {
    console.log('Building …');
    const others = options.baseline ? ['baseline'] : [];
    if (options.comparesRates && options.rows.some(({ row }) => row === 'rates'))
      others.push('rates-from-postgresql');
    await build(others);
  }

  startInBatchPolicy();
  console.log('Starting PostgreSQL, Kafka and Redis …');
  const servers = remember(await startServers(DIRECTORY));
  const load = remember(new LoadGenerator());
  const entrants = await startSystems(options, servers, load);

  const rounds = new Rounds(options, entrants, servers, load);
  const measurements = [];
  if (options.rows.length > 0) {
    console.log(
      `Warming up, ${options.warmUpMs / 1_000} s each: a cold broker is three to five times slower …`,
    );
    await rounds.warmUp();
    for (let round = 1; round <= options.rounds; round++) {
      console.log(`Round ${round} of ${options.rounds}`);
      measurements.push(...(await rounds.measure(round)));
    }
  }
  if (options.idleMs > 0) {
    console.log(`Idle for ${options.idleMs / 1_000} s …`);
    measurements.push(await rounds.measureIdle());
  }
  const rows = summarise(measurements);
  printReport(rows);
  if (options.json) writeJson(options.json, rows);
  return checkBooks(entrants);
}

/**
 * The baseline first: a pair of rows begins with it.
 *
 * @param {import('./options.mjs').BenchOptions} options
 * @param {import('./servers.mjs').Servers} servers
 * @param {LoadGenerator} load
 */
async function startSystems(options, servers, load) {
  const entrants = [];
  if (options.baseline) {
    console.log('Starting the baseline …');
    entrants.push(await enter(remember(await Baseline.start(servers, DIRECTORY)), load));
  }
  console.log('Starting Kopeck, opening accounts …');
  entrants.push(await enter(remember(await Kopeck.start(servers, DIRECTORY, options)), load));
  return entrants;
}

/**
 * @param {import('./rounds.mjs').System} system
 * @param {LoadGenerator} load
 * @returns {Promise<import('./rounds.mjs').Entrant>}
 */
async function enter(system, load) {
  load.addTarget(system.name, system.target());
  const idsFile = join(DIRECTORY, `${system.name}-answered.txt`);
  writeFileSync(idsFile, '');
  return { system, idsFile, transfersBefore: await countTransfers(system.ledger()) };
}

/** @param {import('./rounds.mjs').Entrant[]} entrants */
async function checkBooks(entrants) {
  console.log('\nThe books afterwards');
  let ok = true;
  for (const { system, idsFile, transfersBefore } of entrants) {
    const { faults, summary } = await checkLedger(system.name, system.ledger(), idsFile, transfersBefore);
    for (const line of faults.length === 0 ? [summary] : faults) console.log(`  ${line}`);
    ok &&= faults.length === 0;
  }
  return ok;
}

/** @param {NodeJS.ErrnoException} error */
function explain(error) {
  const isUsage = error.code?.startsWith('ERR_PARSE_ARGS') || error.message.startsWith('--');
  console.error(isUsage ? `${error.message}\n\n${USAGE}` : error);
}

for (const signal of /** @type {NodeJS.Signals[]} */ (['SIGINT', 'SIGTERM'])) {
  process.once(signal, () => void stopAll().then(() => process.exit(130)));
}

try {
  const ok = await bench(readOptions(process.argv.slice(2)));
  process.exitCode = ok ? 0 : 1;
} catch (error) {
  // Stopped on purpose: what fails then fails because of it.
  if (!isStopping) explain(/** @type {Error} */ (error));
  process.exitCode = 1;
} finally {
  await stopAll();
}
