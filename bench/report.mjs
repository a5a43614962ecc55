import { writeFileSync } from 'node:fs';
import { OTHERS } from './cpu-of-processes.mjs';
import { median } from './statistics.mjs';

/**
 * @typedef {object} Measurement one row of one round
 * @property {'baseline' | 'kopeck' | 'postgresql'} system `postgresql`: Kopeck with rates from there instead of Redis
 * @property {import('./options.mjs').Row | 'inbox' | 'idle'} row
 * @property {number} clients
 * @property {number} perSecond
 * @property {number | null} p50Ms
 * @property {number | null} p95Ms
 * @property {number | null} p99Ms
 * @property {Record<string, number>} errors by status or message
 * @property {Record<string, number>} cpuPercent of one core, by process
 * @property {number | null} paceMs CPU time of a fixed piece of work meanwhile; null where nothing else runs
 *
 * @typedef {object} ReportRow what `--json` writes
 * @property {string} row with `baseline ` or `postgresql ` before it where that was measured
 * @property {number} clients
 * @property {number} perSecond median of the rounds, like all that follows
 * @property {number | null} p50Ms
 * @property {number | null} p95Ms
 * @property {number | null} p99Ms
 * @property {number} errors in all rounds
 * @property {number | null} ratioToBaseline to the row it's compared with: the baseline's or the one from PostgreSQL
 * @property {Record<string, number>} cpuPercent
 * @property {number | null} paceMs
 */

/** What Kopeck's rows stand beside. */
const COMPARED_WITH = ['baseline', 'postgresql'];

/** Column heads of the CPU table; a process named `baseline-gateway` stands in the column `gateway`. */
const CPU_COLUMNS = [
  'gateway',
  'transaction-manager',
  'transaction',
  'currency-converter',
  'notification',
  'customer',
  'kafka',
  'postgres',
  'redis',
  'load',
];

/** Of CPU time, in a second of one core. */
const MICROSECONDS_A_PERCENT = 10_000;

/**
 * Medians over the rounds, in the order in which the rows were first measured, the baseline's row before Kopeck's.
 *
 * @param {Measurement[]} measurements
 * @returns {ReportRow[]}
 */
export function summarise(measurements) {
  const groups = Map.groupBy(measurements, keyOf);
  const rows = [...groups.values()].map(medianOf);
  const speeds = new Map(rows.map((row) => [`${row.row}/${row.clients}`, row.perSecond]));
  return rows.map((row) => {
    if (COMPARED_WITH.some((system) => row.row.startsWith(`${system} `)))
      return { ...row, ratioToBaseline: 1 };
    const [compared] = COMPARED_WITH.map((system) =>
      speeds.get(`${system} ${row.row}/${row.clients}`),
    ).filter((speed) => speed !== undefined);
    return { ...row, ratioToBaseline: compared ? round(row.perSecond / compared, 1) : null };
  });
}

/** @param {Measurement} one */
const nameOf = (one) => (one.system === 'kopeck' ? one.row : `${one.system} ${one.row}`);

/** @param {Measurement} one */
const keyOf = (one) => `${nameOf(one)}/${one.clients}`;

/**
 * @param {Measurement[]} rounds of one row
 * @returns {ReportRow}
 */
function medianOf(rounds) {
  const [first] = rounds;
  const processes = Object.keys(first.cpuPercent);
  return {
    row: nameOf(first),
    clients: first.clients,
    perSecond: round(median(rounds.map((one) => one.perSecond)) ?? 0, 1),
    p50Ms: rounded(median(rounds.map((one) => one.p50Ms))),
    p95Ms: rounded(median(rounds.map((one) => one.p95Ms))),
    p99Ms: rounded(median(rounds.map((one) => one.p99Ms))),
    errors: rounds.reduce((sum, one) => sum + countErrors(one), 0),
    ratioToBaseline: null,
    cpuPercent: Object.fromEntries(
      processes.map((name) => [name, round(median(rounds.map((one) => one.cpuPercent[name])) ?? 0, 1)]),
    ),
    paceMs: rounded(median(rounds.map((one) => one.paceMs)), 2),
  };
}

/** @param {Measurement} one */
const countErrors = (one) => Object.values(one.errors).reduce((sum, count) => sum + count, 0);

/** @param {number} value @param {number} digits */
const round = (value, digits) => Number(value.toFixed(digits));

/** @param {number | null} value @param {number} [digits] */
const rounded = (value, digits = 1) => (value === null ? null : round(value, digits));

/** One line while the bench runs. @param {Measurement} one */
export function progressLine(one) {
  const errors = countErrors(one) === 0 ? '' : `  errors: ${JSON.stringify(one.errors)}`;
  const name = `${one.system} ${one.row}`.padEnd(16);
  const speed = `${Math.round(one.perSecond).toLocaleString('en')}/s`.padStart(8);
  return `  ${name} ${String(one.clients).padStart(4)} clients ${speed}  p50 ${ms(one.p50Ms)}  p95 ${ms(one.p95Ms)}  p99 ${ms(one.p99Ms)}${errors}`;
}

/** @param {ReportRow[]} rows */
export function printReport(rows) {
  const loaded = rows.filter((row) => row.row !== 'idle');
  printTable(
    ['row', 'clients', 'answers/s', 'p50 ms', 'p95 ms', 'p99 ms', 'errors', '× compared'],
    loaded.map((row) => [
      row.row,
      row.clients,
      Math.round(row.perSecond).toLocaleString('en'),
      row.p50Ms ?? '–',
      row.p95Ms ?? '–',
      row.p99Ms ?? '–',
      row.errors,
      row.ratioToBaseline ?? '–',
    ]),
  );
  if (Object.keys(rows[0]?.cpuPercent ?? {}).length === 0) {
    console.log('\nNo CPU figures: they are read from /proc, which this system does not have.');
    return;
  }
  console.log('\nCPU, percent of one core');
  printTable(
    ['row', 'clients', ...CPU_COLUMNS, 'all', OTHERS, 'µs/answer', 'pace ms'],
    rows.map((row) => {
      const cells = CPU_COLUMNS.map((column) => cpuOf(row, column));
      const others = row.cpuPercent[OTHERS]?.toFixed(1) ?? '–';
      const all = cells.reduce((/** @type {number} */ sum, cell) => sum + (cell ?? 0), 0);
      return [
        row.row,
        row.clients || '–',
        ...cells.map((cell) => cell?.toFixed(1) ?? '–'),
        all.toFixed(1),
        others,
        row.perSecond > 0 ? Math.round((all * MICROSECONDS_A_PERCENT) / row.perSecond) : '–',
        row.paceMs?.toFixed(2) ?? '–',
      ];
    }),
  );
}

/** @param {ReportRow} row @param {string} column */
function cpuOf({ cpuPercent }, column) {
  return cpuPercent[column] ?? cpuPercent[`baseline-${column}`];
}

/** @param {string} file @param {ReportRow[]} rows */
export function writeJson(file, rows) {
  writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
}

/** @param {number | null} value */
const ms = (value) => `${value === null ? '–' : value.toFixed(1)} ms`.padStart(9);

/** @param {string[]} head @param {unknown[][]} rows */
function printTable(head, rows) {
  const lines = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  for (const line of lines) {
    const [first, ...others] = line.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column]) : cell.padStart(widths[column]),
    );
    console.log(`  ${[first, ...others].join('  ')}`);
  }
}
