import { setTimeout as sleep } from 'node:timers/promises';
import { PlainError } from '../plain-error.mjs';
import { backoffMs } from './backoff.mjs';
import { sentenceOf } from './log-line.mjs';

/** `sysexits.h`, EX_CONFIG: starting it again would end the same way. */
export const EXIT_CONFIGURATION = 78;
/** A process that ran for this long has recovered: its next crash is a first one. */
const STEADY_MS = 60_000;
/** At the start of the system somebody waits: three crashes say enough. */
const CRASHES_AT_START = 3;
const POLL_MS = 50;
/** Nobody waits for this one, and it may take long: until a database is back. */
const BACK_POLL_MS = 500;

/**
 * What of an `AppProcess` is needed here.
 *
 * @typedef {object} Supervised
 * @property {Promise<{ code: number | null, signal: NodeJS.Signals | null }>} exited
 * @property {() => Promise<boolean>} isReady
 * @property {() => string} lastWords
 * @property {() => Promise<void>} stop
 * @property {() => Promise<void>} kill
 *
 * @typedef {object} SupervisorOptions
 * @property {string} name as it's shown: `transaction-2`
 * @property {() => Supervised} start
 * @property {(line: string) => void} say
 * @property {string} [logFile] where people read more
 */

/** Keeps one process running: starts it again when it ends, later each time, and says so. */
export class Supervisor {
  #options;
  /** @type {Supervised | undefined} */
  #process;
  /** @type {NodeJS.Timeout | undefined} */
  #restart;
  #startedAt = 0;
  #crashes = 0;
  #isStopping = false;
  /** Whoever waits for the start is told by an error, and nobody twice. */
  #isAwaited = false;
  /** @type {PlainError | undefined} why it isn't started again */
  #refusal;

  /** @param {SupervisorOptions} options */
  constructor(options) {
    this.#options = options;
  }

  get name() {
    return this.#options.name;
  }

  get crashes() {
    return this.#crashes;
  }

  launch() {
    if (this.#isStopping) return;
    this.#startedAt = Date.now();
    const process = this.#options.start();
    this.#process = process;
    void process.exited.then((exit) => this.#onExit(process, exit));
  }

  /**
   * @param {number} withinMs
   * @throws {PlainError} when its settings are wrong, when it ends again and again, or after `withinMs`
   */
  async untilReady(withinMs) {
    this.#isAwaited = true;
    try {
      await this.#waitUntilReady(withinMs);
    } finally {
      this.#isAwaited = false;
    }
  }

  /** @param {number} withinMs */
  async #waitUntilReady(withinMs) {
    const deadline = Date.now() + withinMs;
    while (!(await this.#process?.isReady())) {
      if (this.#refusal) throw this.#refusal;
      if (this.#isStopping) throw new PlainError(`${this.name} was stopped before it was ready`);
      if (this.#crashes >= CRASHES_AT_START) throw new PlainError(this.#story('ends at each start'));
      if (Date.now() > deadline)
        throw new PlainError(this.#story(`is not ready after ${withinMs / 1_000} s`));
      await sleep(POLL_MS);
    }
  }

  async stop() {
    this.#end();
    await this.#process?.stop();
  }

  async kill() {
    this.#end();
    await this.#process?.kill();
  }

  #end() {
    this.#isStopping = true;
    clearTimeout(this.#restart);
  }

  /**
   * @param {Supervised} process
   * @param {{ code: number | null, signal: NodeJS.Signals | null }} exit
   */
  #onExit(process, { code, signal }) {
    if (this.#isStopping || process !== this.#process) return;
    if (code === EXIT_CONFIGURATION) return this.#refuse();
    if (Date.now() - this.#startedAt >= STEADY_MS) this.#crashes = 0;
    this.#crashes++;
    const delay = backoffMs(this.#crashes);
    const how = signal ? `was ended by ${signal}` : `ended with exit code ${code}`;
    // SIGKILL leaves nobody the time to say why.
    const why = signal === 'SIGKILL' ? '' : lastLine(process.lastWords());
    this.#options.say(`${this.name} ${how}${why}. Starting it again in ${delay / 1_000} s.`);
    this.#restart = setTimeout(() => this.#again(), delay);
  }

  #again() {
    this.launch();
    void this.#tellWhenBack(this.#process);
  }

  /** @param {Supervised | undefined} process */
  async #tellWhenBack(process) {
    while (process === this.#process && !this.#isStopping && !this.#refusal) {
      if (await process?.isReady()) return this.#options.say(`${this.name} is back.`);
      await new Promise((resolve) => setTimeout(resolve, BACK_POLL_MS).unref());
    }
  }

  #refuse() {
    this.#refusal = new PlainError(this.#story('has wrong settings and is not started again'));
    if (!this.#isAwaited) this.#options.say(this.#refusal.message);
  }

  /** @param {string} what */
  #story(what) {
    const { logFile } = this.#options;
    const words = (this.#process?.lastWords() ?? '').split('\n').map(sentenceOf).join('\n');
    return `${this.name} ${what}${logFile ? `; its log is ${logFile}` : ''}. Its last words:\n${words}`;
  }
}

/** @param {string} words */
function lastLine(words) {
  const line = sentenceOf(words.trim().split('\n').at(-1) ?? '');
  return line ? `: "${line.replace(/\.$/, '')}"` : '';
}
