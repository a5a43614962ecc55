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
   * Works for a millisecond or two, four times a second, for as long as something else does.
   *
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<{ result: T, paceMs: number | null }>} the median; null when it was over too soon
   */
  async during(work) {
    /** @type {number[]} */
    const timesMs = [];
    const timer = setInterval(() => timesMs.push(this.#timeMs()), EVERY_MS);
    try {
      return { result: await work(), paceMs: median(timesMs) };
    } finally {
      clearInterval(timer);
    }
  }

  #timeMs() {
    const before = process.cpuUsage();
    this.#work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
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
