import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { NODE, ROOT, entryOf } from '../paths.mjs';
import { PlainError } from '../plain-error.mjs';
import { HEAP_OPTIONS } from './heap-options.mjs';
import { endOf, lastLines } from './log-tail.mjs';

const QUICK_START = new URL('quick-start.mjs', import.meta.url).href;
const STOP_WITHIN_MS = 25_000;
const POLL_MS = 50;

/**
 * @typedef {object} AppOptions
 * @property {string} service
 * @property {string} instance
 * @property {number} port the gateway's own, a worker's management port
 * @property {Record<string, string | undefined>} environment
 * @property {string} logFile
 * @property {string[]} [nodeOptions]
 */

/** One replica of one service, from its bundle. Its own process group: Ctrl-C is for the supervisor. */
export class AppProcess {
  /** @type {import('node:child_process').ChildProcess} */
  #child;
  /** Where this process's part of the log begins. */
  #logStart;
  /** @type {Promise<{ code: number | null, signal: NodeJS.Signals | null }>} */
  exited;

  /** @param {AppOptions} options */
  constructor(options) {
    this.service = options.service;
    this.instance = options.instance;
    this.port = options.port;
    this.logFile = options.logFile;
    mkdirSync(dirname(options.logFile), { recursive: true });
    this.#logStart = endOf(options.logFile);
    const log = openSync(options.logFile, 'a');
    this.#child = spawn(
      NODE,
      [...HEAP_OPTIONS, '--import', QUICK_START, ...(options.nodeOptions ?? []), entryOf(options.service)],
      {
        cwd: ROOT,
        env: { ...process.env, ...options.environment, ...namesOf(options) },
        stdio: ['ignore', log, log],
        detached: true,
      },
    );
    closeSync(log);
    this.exited = new Promise((resolve) => {
      this.#child.once('exit', (code, signal) => resolve({ code, signal }));
      this.#child.once('error', () => resolve({ code: 1, signal: null }));
    });
  }

  get pid() {
    return this.#child.pid ?? 0;
  }

  /** It may outlive this process. */
  leave() {
    this.#child.unref();
    return this.pid;
  }

  get hasEnded() {
    return this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  async isReady() {
    try {
      const answer = await fetch(`http://127.0.0.1:${this.port}/health/ready`, {
        signal: AbortSignal.timeout(2_000),
      });
      return answer.status === 200;
    } catch {
      return false;
    }
  }

  /** @param {number} withinMs */
  async waitUntilReady(withinMs) {
    const deadline = Date.now() + withinMs;
    while (!(await this.isReady())) {
      if (this.hasEnded)
        throw new PlainError(
          `${this.instance} ended at start. Its last words, from ${this.logFile}:\n${this.lastWords()}`,
        );
      if (Date.now() > deadline) {
        throw new PlainError(
          `${this.instance} was not ready after ${withinMs / 1_000} s. Its log is ${this.logFile}`,
        );
      }
      await sleep(POLL_MS);
    }
  }

  /** @param {NodeJS.Signals} signal */
  signal(signal) {
    if (!this.hasEnded) this.#child.kill(signal);
  }

  /** SIGTERM, and SIGKILL when that wasn't enough. */
  async stop() {
    this.signal('SIGTERM');
    await Promise.race([this.exited, sleep(STOP_WITHIN_MS, undefined, { ref: false })]);
    await this.kill();
  }

  async kill() {
    this.signal('SIGKILL');
    await this.exited;
  }

  lastWords() {
    return lastLines(this.logFile, this.#logStart);
  }
}

/** @param {AppOptions} options */
function namesOf({ service, instance, port }) {
  const portName = service === 'gateway' ? 'PORT' : 'MANAGEMENT_PORT';
  return { INSTANCE: instance, HOST: '127.0.0.1', [portName]: String(port) };
}
