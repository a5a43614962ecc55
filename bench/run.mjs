/**
 * `npm run bench`: Kopeck beside the same chain on Nest's transport as it comes, in one run on one machine. See README.md.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Baseline } from './baseline.mjs';
import { build } from './build.mjs';
import { checkLedger, countTransfers } from './check.mjs';
import { Kopeck } from './kopeck.mjs';
import { LoadGenerator } from './load.mjs';
import { measureIdle, withCpu } from './measure.mjs';
import { readOptions, USAGE } from './options.mjs';
import { printReport, progressLine, summarise, writeJson } from './report.mjs';
import { startServers } from './servers.mjs';

const DIRECTORY = fileURLToPath(new URL('../.kopeck/bench/', import.meta.url));
/** Warming up: many clients find the compilers' hot paths soonest. */
const WARM_UP_CLIENTS = 64;
const WARM_UP_SLICE_MS = 10_000;

/** @type {(() => unknown)[]} what to stop, last started first */
const running = [];
let stopping = false;

async function stopAll() {
  if (stopping) return;
  stopping = true;
  for (const stop of running.reverse()) {
    await Promise.resolve(stop()).catch((error) => console.error(error));
  }
}

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => void stopAll().then(() => process.exit(130)));
}

/** @param {string} text */
const say = (text) => console.log(text);

/** @param {import('./options.mjs').BenchOptions} options */
async function bench(options) {
  rmSync(DIRECTORY, { recursive: true, force: true });
  mkdirSync(DIRECTORY, { recursive: true });
  if (options.build) build(options.baseline);

  say('Starting PostgreSQL, Kafka and Redis …');
  const servers = await startServers(DIRECTORY);
  running.push(() => servers.stop());
  const load = new LoadGenerator();
  running.push(() => load.stop());

  say('Starting Kopeck and opening accounts …');
  const kopeck = await Kopeck.start(servers, DIRECTORY, options.profile);
  running.push(() => kopeck.stop());
  const systems = [await enter(kopeck, load)];
  if (options.baseline) {
    say('Starting the baseline …');
    const baseline = await Baseline.start(servers, DIRECTORY);
    running.push(() => baseline.stop());
    systems.unshift(await enter(baseline, load));
  }
  const measurements = await measureRows(options, systems, servers, load);
  if (options.idleMs > 0) measurements.push(await idleRow(options, systems, servers, load));

  const rows = summarise(measurements);
  say('');
  printReport(rows);
  if (options.json) writeJson(options.json, rows);
  return check(systems);
}

/**
 * @typedef {object} Entered a system that takes part
 * @property {Baseline | Kopeck} system
 * @property {string} idsFile
 * @property {number} transfersBefore
 */

/**
 * @param {Baseline | Kopeck} system
 * @param {LoadGenerator} load
 * @returns {Promise<Entered>}
 */
async function enter(system, load) {
  load.addTarget(system.name, system.target());
  const idsFile = join(DIRECTORY, `${system.name}-answered.txt`);
  writeFileSync(idsFile, '');
  return { system, idsFile, transfersBefore: await countTransfers(system.ledger()) };
}

/**
 * @param {import('./options.mjs').BenchOptions} options
 * @param {Entered[]} systems
 * @param {import('./servers.mjs').Servers} servers
 * @param {LoadGenerator} load
 */
async function measureRows(options, systems, servers, load) {
  /** @type {import('./report.mjs').Measurement[]} */
  const measurements = [];
  const rows = options.rows.flatMap((row) => options.clients.map((clients) => ({ row, clients })));
  if (rows.length > 0) await warmUp(options, systems, servers, load);
  for (let round = 1; round <= options.rounds; round++) {
    say(`Round ${round} of ${options.rounds}`);
    for (const row of rows) {
      for (const one of systems) {
        const measurement = await measure(one, systems, servers, load, { ...options, ...row });
        say(progressLine(measurement));
        measurements.push(measurement);
      }
    }
  }
  return measurements;
}

/** In turns, because a system that is stopped for longer than its session timeout would leave its groups. */
async function warmUp(options, systems, servers, load) {
  say(`Warming up, ${options.warmUpMs / 1_000} s each: a cold broker is three to five times slower …`);
  const how = { row: options.rows[0], clients: WARM_UP_CLIENTS, rampMs: 0, rowMs: WARM_UP_SLICE_MS };
  for (let warmMs = 0; warmMs < options.warmUpMs; warmMs += WARM_UP_SLICE_MS) {
    for (const one of systems) await measure(one, systems, servers, load, how);
  }
}

/**
 * @param {Entered} one
 * @param {Entered[]} systems
 * @param {import('./servers.mjs').Servers} servers
 * @param {LoadGenerator} load
 * @param {{ row: 'random' | 'hot', clients: number, rampMs: number, rowMs: number }} how
 * @returns {Promise<import('./report.mjs').Measurement>}
 */
async function measure({ system, idsFile }, systems, servers, load, { row, clients, rampMs, rowMs }) {
  for (const other of systems) if (other.system !== system) other.system.pause();
  system.resume();
  const processes = [...processesOf(system), ...servers.processes, { name: 'load', pids: [load.pid] }];
  try {
    const { result, cpuPercent } = await withCpu(processes, () =>
      load.run(system.name, { row, clients, rampMs, measuredMs: rowMs, idsFile }),
    );
    return { system: /** @type {'baseline'} */ (system.name), row, clients, cpuPercent, ...result };
  } finally {
    for (const other of systems) other.system.resume();
  }
}

/** Everything that Kopeck needs, doing nothing; the baseline is stopped for it. */
async function idleRow(options, systems, servers, load) {
  const kopeck = systems.find(({ system }) => system.name === 'kopeck').system;
  for (const { system } of systems) if (system !== kopeck) await system.stopProcesses();
  say(`Idle for ${options.idleMs / 1_000} s …`);
  const cpuPercent = await measureIdle([...processesOf(kopeck), ...servers.processes], options.idleMs);
  return {
    system: 'kopeck',
    row: 'idle',
    clients: 0,
    perSecond: 0,
    p50Ms: null,
    p99Ms: null,
    errors: {},
    cpuPercent,
  };
}

/** @param {Baseline | Kopeck} system */
const processesOf = (system) => system.processes.map(({ name, pid }) => ({ name, pids: [pid] }));

/** @param {Entered[]} systems @returns {Promise<boolean>} true when the books are right */
async function check(systems) {
  say('\nThe books afterwards');
  const results = await Promise.all(
    systems.map(({ system, idsFile, transfersBefore }) =>
      checkLedger(system.name, system.ledger(), idsFile, transfersBefore),
    ),
  );
  for (const { summary, faults } of results)
    say(faults.length === 0 ? `  ${summary}` : `  ${faults.join('\n  ')}`);
  return results.every(({ faults }) => faults.length === 0);
}

try {
  const ok = await bench(readOptions(process.argv.slice(2)));
  process.exitCode = ok ? 0 : 1;
} catch (error) {
  if (!stopping) {
    const { message, code } = /** @type {NodeJS.ErrnoException} */ (error);
    console.error(
      code?.startsWith('ERR_PARSE_ARGS') || message.startsWith('--') ? `${message}\n\n${USAGE}` : error,
    );
    process.exitCode = 1;
  }
} finally {
  await stopAll();
}
