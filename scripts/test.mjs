/**
 * `npm test [-- jest options]`: all suites against real servers on free ports, in a folder of their own, so that they run
 * beside `npm start`. Without options in two lanes beside each other, each with servers of its own. Whatever happens, nothing
 * is left running.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './browser/chromium.mjs';
import { build } from './build.mjs';
import { removeData, startInfrastructure } from './infrastructure/infrastructure.mjs';
import { NODE, ROOT } from './paths.mjs';
import { processesWith } from './processes/process-identity.mjs';
import { fail } from './plain-error.mjs';
import { runSetup } from './setup.mjs';
import { onStarterGone } from './start/starter.mjs';

const JEST = join(ROOT, 'node_modules', 'jest', 'bin', 'jest.js');
const KEPT_CODE = new URL('testing/kept-code.mjs', import.meta.url).href;
const say = (/** @type {string} */ line) => console.log(line);

/** They take a running system as it is: to look at every page, which takes longest, and to ask all that may be asked. */
const VISITING =
  '/test/(browser/(accessibility|keyboard|once-only)|e2e/(accounts|authorization|bad-input|first-transfer|pages))';

/** @typedef {{ passed: number, failed: number, skipped: number, ok: boolean }} Outcome */

/**
 * Suites of one lane share its servers, so those of one run wait for those before. The suites that start and kill systems
 * mostly wait for them; beside them go the suites of single classes and those that visit a system, which keep a processor busy.
 */
const LANES = [
  [['--selectProjects', 'e2e', '--runInBand', '--testPathIgnorePatterns', VISITING]],
  [
    ['--selectProjects', 'unit', 'component', '--maxWorkers', '100%'],
    ['--selectProjects', 'e2e', '--runInBand', '--testPathPatterns', VISITING],
  ],
];

/** @type {(() => Promise<void>)[]} */
const cleanUps = [];
/** @type {Promise<void> | undefined} a signal and the end of the tests that it brings about clean up together */
let cleaning;

function cleanUp() {
  cleaning ??= undoAll();
  return cleaning;
}

async function undoAll() {
  for (const undo of cleanUps.toReversed()) await undo().catch((error) => console.error(error));
}

for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
  process.on(signal, stopTests);
}
onStarterGone(stopTests);

function stopTests() {
  void cleanUp().then(() => process.exit(1));
}

/** @param {readonly string[]} given */
async function test(given) {
  const lanes = given.length > 0 ? [[given]] : LANES;
  // Said at once, and not after the minutes that the other suites take.
  if (given.length === 0) findChromium();
  const building = needsServers(given) ? build({ say }) : undefined;
  building?.catch(() => undefined);
  /** @type {Promise<Outcome[]>[]} */
  const outcomes = [];
  for (const runs of lanes) {
    if (cleaning) break;
    const state = mkdtempSync(join(tmpdir(), 'kopeck-test-'));
    cleanUps.push(async () => rmSync(state, { recursive: true, force: true }));
    // One after another: what the first servers need is downloaded and unpacked when the next ones start.
    const environment = building ? await startServers(state, building) : {};
    outcomes.push(runLane(runs, state, environment));
  }
  const all = (await Promise.all(outcomes)).flat();
  return cleaning ? 1 : report(all);
}

/**
 * @param {readonly (readonly string[])[]} runs
 * @param {string} state
 * @param {Record<string, string>} environment
 */
async function runLane(runs, state, environment) {
  /** @type {Outcome[]} */
  const outcomes = [];
  for (const [index, args] of runs.entries()) {
    if (cleaning) break;
    outcomes.push(await runJest(args, environment, join(state, `outcome-${index}.json`)));
  }
  return outcomes;
}

/** @param {readonly string[]} given */
function needsServers(given) {
  const at = given.indexOf('--selectProjects');
  return at < 0 || given[at + 1] !== 'unit' || ['component', 'e2e'].includes(given[at + 2] ?? '');
}

/**
 * @param {string} state
 * @param {Promise<unknown>} building
 */
async function startServers(state, building) {
  const starting = startInfrastructure({ state, isPrivate: true, isShortLived: true, say });
  // Before they are up: whoever stops the tests meanwhile stops what has begun to start.
  cleanUps.push(async () => {
    await (await starting.catch(() => undefined))?.stop();
    removeData(state);
  });
  const infrastructure = await starting;
  await building;
  await runSetup(infrastructure.environment);
  const pids = Object.entries(infrastructure.servers).map(([name, server]) => [
    `${name.toUpperCase()}_PID`,
    String(server.pid),
  ]);
  return { ...infrastructure.environment, ...Object.fromEntries(pids), KOPECK_TEST_STATE: state };
}

/**
 * @param {readonly string[]} args
 * @param {Record<string, string>} environment
 * @param {string} outputFile
 * @returns {Promise<Outcome>}
 */
async function runJest(args, environment, outputFile) {
  const jest = spawn(
    NODE,
    [
      '--experimental-vm-modules',
      '--import',
      KEPT_CODE,
      // Suites leave much behind them: a young generation with room for it is collected less often.
      '--max-semi-space-size=64',
      '--disable-warning=ExperimentalWarning',
      JEST,
      ...args,
      '--json',
      `--outputFile=${outputFile}`,
    ],
    {
      cwd: ROOT,
      env: { ...process.env, ...environment, NODE_ENV: 'test' },
      stdio: ['ignore', 'ignore', 'inherit'],
      detached: true,
    },
  );
  cleanUps.push(async () => endAll(jest.pid, environment.KOPECK_TEST_STATE));
  const [code] = await once(jest, 'close');
  endAll(jest.pid, environment.KOPECK_TEST_STATE);
  if (!existsSync(outputFile)) return { passed: 0, failed: 1, skipped: 0, ok: false };
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numRuntimeErrorTestSuites } =
    JSON.parse(readFileSync(outputFile, 'utf8'));
  return {
    passed: numPassedTests,
    failed: numFailedTests + numRuntimeErrorTestSuites,
    skipped: numPendingTests + numTodoTests,
    ok: code === 0,
  };
}

/**
 * Jest's workers, and the services that a suite started, each a group of its own, in case it could not stop them.
 *
 * @param {number | undefined} jest
 * @param {string | undefined} state
 */
function endAll(jest, state) {
  end(jest && -jest);
  if (state) for (const pid of processesWith('KOPECK_TEST_STATE', state)) end(pid);
}

/** @param {number | undefined} target a process, or below zero a group */
function end(target) {
  if (!target) return;
  try {
    process.kill(target, 'SIGKILL');
  } catch {
    // It has ended.
  }
}

/** @param {readonly Outcome[]} outcomes */
function report(outcomes) {
  const sum = (/** @type {'passed' | 'failed' | 'skipped'} */ name) =>
    outcomes.reduce((total, outcome) => total + outcome[name], 0);
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : '';
  say(`${sum('passed')} passed, ${sum('failed')} failed${skipped}`);
  return outcomes.every((outcome) => outcome.ok) && sum('failed') === 0 ? 0 : 1;
}

try {
  const code = await test(process.argv.slice(2));
  await cleanUp();
  process.exit(code);
} catch (error) {
  await cleanUp();
  fail(error);
}
