import { fork } from 'node:child_process';
import { once } from 'node:events';

/** The load generator's process, from outside. */
export class LoadGenerator {
  #process = fork(new URL('./load-generator.mjs', import.meta.url), { stdio: 'inherit' });

  get pid() {
    return /** @type {number} */ (this.#process.pid);
  }

  /**
   * @param {string} name
   * @param {import('./load-generator.mjs').Target} target
   */
  addTarget(name, target) {
    this.#process.send({ name, target });
  }

  /**
   * @param {string} name of a target
   * @param {import('./load-generator.mjs').Load} load
   * @returns {Promise<import('./load-generator.mjs').LoadResult>}
   */
  async run(name, load) {
    const ended = new AbortController();
    const exit = once(this.#process, 'exit', { signal: ended.signal }).then(() => {
      throw new Error('The load generator ended before its time: see its message above');
    });
    try {
      this.#process.send({ name, load });
      const [result] = await Promise.race([once(this.#process, 'message', { signal: ended.signal }), exit]);
      return result;
    } finally {
      exit.catch(() => {});
      ended.abort();
    }
  }

  stop() {
    this.#process.disconnect();
  }
}
