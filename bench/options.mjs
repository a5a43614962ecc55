import { parseArgs } from 'node:util';

/**
 * @typedef {'random' | 'hot' | 'rates' | 'quotes' | 'page' | 'stream'} Row
 *
 * @typedef {object} BenchOptions
 * @property {{ row: Row, clients: number }[]} rows what is measured, in this order
 * @property {number} rounds each row is measured this often, baseline and Kopeck in turn; the median counts
 * @property {number} rowMs measured time of a row; short enough that a system may be stopped meanwhile
 * @property {number} rampMs load before the measured time of a row
 * @property {number} settleMs after a row: its last answers have come when it ends; what the system still does behind them
 *   has, after this
 * @property {number} warmUpMs load on each system before the first row
 * @property {number} rowWarmUpMs load on Kopeck before each kind of row that only Kopeck has
 * @property {boolean} comparesRates whether rates are measured from PostgreSQL as well, by another converter
 * @property {number} accountsEach of Kopeck's fifty customers
 * @property {number} idleMs 0 skips the idle row
 * @property {boolean} baseline false measures Kopeck alone; also where no row is one that the baseline takes
 * @property {boolean} build
 * @property {string | undefined} json
 * @property {string | undefined} profile folder for CPU profiles of Kopeck's services
 */

export const USAGE = `npm run bench -- [options]

  --quick            one short round of fewer rows, done in three minutes
  --clients 1,16     numbers of clients (default 1,16,64,256)
  --rows random,hot  kinds of load: random, hot, rates, quotes, page, stream and "idle" (default all seven);
                     rates and quotes with 64 clients, page with 16 and stream with 200 open pages
                     (at most 500) unless --clients says otherwise
  --rounds N         rounds to take the median of (default 3)
  --seconds N        measured seconds of a row (default 8, at most 20)
  --no-baseline      measure Kopeck alone (no ratios)
  --no-build         use what is in dist/
  --profile DIR      write a CPU profile of each of Kopeck's services and each row to DIR
  --json FILE        write the medians to FILE`;

const DEFAULT_CLIENTS = '1,16,64,256';
/** With --quick; the same of one account with most only. */
const QUICK_CLIENTS = '1,64,256';
const ROWS = ['random', 'hot', 'rates', 'quotes', 'page', 'stream', 'idle'];
/** What they are measured with by default: prices are asked for by many at once. */
const PRICE_CLIENTS = '64';
/** People who look at a long history. */
const PAGE_CLIENTS = '16';
/** Open pages. */
const STREAM_CLIENTS = '200';
/** Ten for each of the fifty customers. */
const MAX_STREAM_CLIENTS = 500;
const MAX_CLIENTS = 1_024;
/** Of transfers, which both systems take. */
export const TRANSFER_ROWS = ['random', 'hot'];

/**
 * @param {string[]} args
 * @returns {BenchOptions}
 * @throws {Error} with a sentence for the user
 */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      quick: { type: 'boolean', default: false },
      clients: { type: 'string' },
      rows: { type: 'string' },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      'no-baseline': { type: 'boolean', default: false },
      'no-build': { type: 'boolean', default: false },
      profile: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const rows = list(values.rows ?? ROWS.join(','));
  const unknown = rows.find((row) => !ROWS.includes(row));
  if (unknown) throw new Error(`--rows takes ${ROWS.join(', ')}, not "${unknown}"`);
  const { quick } = values;
  return {
    rows: rowsOf(rows, values.clients, quick),
    rounds: wholeNumber('--rounds', values.rounds ?? (quick ? '1' : '3'), 20),
    rowMs: wholeNumber('--seconds', values.seconds ?? (quick ? '3' : '8'), 20) * 1_000,
    rampMs: quick ? 500 : 5_000,
    settleMs: quick ? 2_000 : 3_000,
    warmUpMs: quick ? 16_000 : 40_000,
    accountsEach: quick ? 8 : 20,
    rowWarmUpMs: quick ? 2_000 : 8_000,
    comparesRates: !quick,
    idleMs: rows.includes('idle') ? (quick ? 5_000 : 30_000) : 0,
    baseline: !values['no-baseline'] && rows.some((row) => TRANSFER_ROWS.includes(row)),
    build: !values['no-build'],
    json: values.json,
    profile: values.profile,
  };
}

/**
 * @param {string[]} rows
 * @param {string | undefined} clients
 * @param {boolean} quick leaves out what says least: fewer clients on one account than there can be
 */
function rowsOf(rows, clients, quick) {
  /** @param {string} row */
  const countsOf = (row) =>
    list(clients ?? defaultClientsOf(row, quick)).map((text) =>
      wholeNumber('--clients', text, row === 'stream' ? MAX_STREAM_CLIENTS : MAX_CLIENTS),
    );
  const all = rows
    .filter((row) => row !== 'idle')
    .flatMap((row) =>
      countsOf(row).map((count) => ({
        row: /** @type {import('./options.mjs').Row} */ (row),
        clients: count,
      })),
    );
  const isLeftOut = quick && clients === undefined;
  return isLeftOut ? all.filter(({ row, clients: count }) => row !== 'hot' || count >= 256) : all;
}

/** @param {string} row @param {boolean} quick */
function defaultClientsOf(row, quick) {
  if (TRANSFER_ROWS.includes(row)) return quick ? QUICK_CLIENTS : DEFAULT_CLIENTS;
  if (row === 'page') return PAGE_CLIENTS;
  return row === 'stream' ? STREAM_CLIENTS : PRICE_CLIENTS;
}

/** @param {string} text */
const list = (text) => text.split(',').map((item) => item.trim());

/** @param {string} name @param {string} text @param {number} most */
function wholeNumber(name, text, most) {
  const number = Number(text);
  if (!Number.isInteger(number) || number < 1 || number > most) {
    throw new Error(`${name} takes whole numbers from 1 to ${most}, not "${text}"`);
  }
  return number;
}
