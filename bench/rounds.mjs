import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { cpuMsOf, cpuPercentBetween } from './cpu-of-processes.mjs';
import { tidy } from './databases.mjs';
import { MachinePace } from './machine-pace.mjs';
import { TRANSFER_ROWS } from './options.mjs';
import { progressLine } from './report.mjs';

/** Warming up: many clients find the compilers' hot paths soonest. */
const WARM_UP_CLIENTS = 64;
/** In turns, because a system that stands still for longer than its session timeout leaves its consumer groups. */
const WARM_UP_SLICE_MS = 8_000;
/** For a converter that has just been started. */
const WARM_UP_CONVERTER_MS = 6_000;

/**
 * @typedef {import('./baseline.mjs').Baseline | import('./kopeck.mjs').Kopeck} System
 * @typedef {object} Entrant a system that takes part
 * @property {System} system
 * @property {string} idsFile
 * @property {number} transfersBefore
 */

/** Measures row after row, the systems in turn. */
export class Rounds {
  #pace = new MachinePace();

  /**
   * @param {import('./options.mjs').BenchOptions} options
   * @param {Entrant[]} entrants
   * @param {import('./servers.mjs').Servers} servers
   * @param {import('./load.mjs').LoadGenerator} load
   */
  constructor(options, entrants, servers, load) {
    this.options = options;
    this.entrants = entrants;
    this.servers = servers;
    this.load = load;
  }

  async warmUp() {
    const { rows } = this.options;
    const slice = { clients: WARM_UP_CLIENTS, rampMs: 0, rowMs: WARM_UP_SLICE_MS };
    const how = { ...slice, row: rows[0].row };
    for (let warmMs = 0; warmMs < this.options.warmUpMs; warmMs += WARM_UP_SLICE_MS) {
      for (const entrant of this.entrants) {
        if (entrant.system.takes(how.row)) await this.#measure(entrant, how);
      }
    }
    const colder = new Set(rows.map(({ row }) => row).filter((row) => !TRANSFER_ROWS.includes(row)));
    const { rowWarmUpMs: rowMs } = this.options;
    for (const row of colder) await this.#measure(this.#kopeck, { ...slice, row, rowMs });
  }

  /** @param {number} round @returns {Promise<import('./report.mjs').Measurement[]>} */
  async measure(round) {
    const { rows, rampMs, rowMs } = this.options;
    const measurements = [];
    for (const { row, clients } of rows) {
      for (const entrant of this.entrants.filter(({ system }) => system.takes(row))) {
        const measurement = await this.#profiled(entrant.system, `${row}-${clients}-${round}`, () =>
          this.#measure(entrant, { row, clients, rampMs, rowMs }),
        );
        for (const one of [measurement, ...notificationsOf(measurement)]) {
          console.log(progressLine(one));
          measurements.push(one);
        }
      }
    }
    const rates = rows.filter(({ row }) => row === 'rates');
    if (rates.length > 0 && this.options.comparesRates)
      measurements.push(...(await this.#measureFromPostgresql(rates)));
    return measurements;
  }

  /**
   * The same rows with a converter that answers from PostgreSQL instead of Redis.
   *
   * @param {import('./options.mjs').BenchOptions['rows']} rows
   * @returns {Promise<import('./report.mjs').Measurement[]>}
   */
  async #measureFromPostgresql(rows) {
    const { rampMs, rowMs } = this.options;
    const measurements = [];
    await this.#swapConverter('postgresql');
    for (const how of rows) {
      const measured = await this.#measure(this.#kopeck, { ...how, rampMs, rowMs });
      const measurement = { ...measured, system: /** @type {const} */ ('postgresql') };
      console.log(progressLine(measurement));
      measurements.push(measurement);
    }
    await this.#swapConverter('redis');
    return measurements;
  }

  /** @param {'redis' | 'postgresql'} store */
  async #swapConverter(store) {
    const { system } = this.#kopeck;
    if (!('answerRatesFrom' in system)) throw new Error('Only Kopeck has a converter');
    await system.answerRatesFrom(store);
    const how = { clients: WARM_UP_CLIENTS, rampMs: 0, rowMs: WARM_UP_CONVERTER_MS };
    await this.#measure(this.#kopeck, { ...how, row: 'rates' });
    if (store === 'redis') await this.#measure(this.#kopeck, { ...how, row: 'quotes' });
  }

  /** The last of the entrants. */
  get #kopeck() {
    return /** @type {Entrant} */ (this.entrants.at(-1));
  }

  /** Kopeck and all that it needs, doing nothing. @returns {Promise<import('./report.mjs').Measurement>} */
  async measureIdle() {
    const kopeck = this.#kopeck.system;
    for (const { system } of this.entrants) if (system !== kopeck) await system.stopProcesses();
    // PostgreSQL would clean up behind the load in just these seconds: an idle system has done so.
    for (const { system } of this.entrants) await tidy(system.ledger().database);
    await sleep(this.options.settleMs);
    const { cpuPercent } = await this.#withCpu(kopeck, () => sleep(this.options.idleMs));
    return {
      system: 'kopeck',
      row: 'idle',
      clients: 0,
      perSecond: 0,
      p50Ms: null,
      p95Ms: null,
      p99Ms: null,
      errors: {},
      cpuPercent,
      paceMs: null,
    };
  }

  /**
   * @param {Entrant} entrant
   * @param {{ row: import('./options.mjs').Row, clients: number, rampMs: number, rowMs: number }} how
   * @returns {Promise<import('./report.mjs').Measurement>}
   */
  async #measure({ system, idsFile }, { row, clients, rampMs, rowMs }) {
    const others = this.entrants.map((entrant) => entrant.system).filter((other) => other !== system);
    for (const other of others) other.pause();
    const run = () => this.load.run(system.name, { row, clients, rampMs, measuredMs: rowMs, idsFile });
    try {
      const { result: measured, paceMs } = await this.#pace.during(() => this.#withCpu(system, run));
      const { result, cpuPercent } = measured;
      return { system: /** @type {'kopeck'} */ (system.name), row, clients, cpuPercent, paceMs, ...result };
    } finally {
      for (const other of others) other.resume();
    }
  }

  /**
   * @template T
   * @param {System} system
   * @param {() => Promise<T>} work
   */
  async #withCpu(system, work) {
    const processes = [
      ...system.processes.map(({ name, pid }) => ({ name, pids: [pid] })),
      ...this.servers.processes,
      { name: 'load', pids: [this.load.pid] },
    ];
    const before = cpuMsOf(processes);
    const startedAt = performance.now();
    const result = await work();
    const cpuPercent = cpuPercentBetween(before, cpuMsOf(processes), performance.now() - startedAt);
    return { result, cpuPercent };
  }

  /**
   * @template T
   * @param {System} system
   * @param {string} row
   * @param {() => Promise<T>} work
   */
  async #profiled(system, row, work) {
    const directory = this.options.profile;
    if (!directory || !('toggleProfiles' in system)) return work();
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'row.txt'), row);
    // Both take the services a moment, in which they do nothing else.
    system.toggleProfiles();
    await sleep(this.options.settleMs);
    const result = await work();
    system.toggleProfiles();
    await sleep(this.options.settleMs);
    return result;
  }
}

/**
 * Of the row `stream`: the same measured time, seen from the inboxes.
 *
 * @param {import('./report.mjs').Measurement & Partial<import('./load-generator.mjs').LoadResult>} measurement
 * @returns {import('./report.mjs').Measurement[]}
 */
function notificationsOf({ notifications, ...measurement }) {
  return notifications ? [{ ...measurement, ...notifications, row: 'inbox', errors: {} }] : [];
}
