import { median } from './statistics.mjs';

const EVERY_MS = 250;
/** More than a core's own caches hold beside all else, as the services' memory is. */
const NUMBERS = 1 << 18;
const STEPS = 1 << 17;
const OBJECTS = 1_000;
const WARM_UP_RUNS = 100;

/**
 * How fast the machine is just now: CPU time of a piece of work that is always the same. A shared machine's cores go at half their
 * pace in one hour and not in another, also within a run; CPU time of a transfer over this says what has become of the program.
 */
export class MachinePace {
  #numbers = new Int32Array(NUMBERS);
  #objects = Array.from({ length: OBJECTS }, (_, index) => ({ name: `account ${index}`, index }));

  constructor() {
    // Before its compiler has seen it, the work takes many times as long.
    for (let run = 0; run < WARM_UP_RUNS; run++) this.#work();
  }

  /**
   * Works for a millisecond or two, four times a second, until it's stopped.
   *
   * @returns {() => number | null} stops it, and gives the median in milliseconds
   */
  start() {
    /** @type {number[]} */
    const timesMs = [];
    const timer = setInterval(() => {
      const before = process.cpuUsage();
      this.#work();
      const { user, system } = process.cpuUsage(before);
      timesMs.push((user + system) / 1_000);
    }, EVERY_MS);
    return () => {
      clearInterval(timer);
      return median(timesMs);
    };
  }

  /** Numbers here and there in memory, and JSON: what services do. */
  #work() {
    let x = 1;
    for (let step = 0; step < STEPS; step++) {
      x = (Math.imul(x, 1_103_515_245) + 12_345) | 0;
      this.#numbers[(x >>> 8) & (NUMBERS - 1)] += x;
    }
    JSON.parse(JSON.stringify(this.#objects));
  }
}
