import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const STOP_WITHIN_MS = 15_000;

/** A service's process, its output in a file. */
export class ServiceProcess {
  #child;
  #exited;

  /**
   * @param {object} options
   * @param {string} options.name
   * @param {string[]} options.args of node
   * @param {Record<string, string>} options.env
   * @param {string} options.logDirectory
   */
  constructor({ name, args, env, logDirectory }) {
    mkdirSync(logDirectory, { recursive: true });
    this.name = name;
    this.logFile = join(logDirectory, `${name}.log`);
    const log = openSync(this.logFile, 'w');
    this.#child = spawn(process.execPath, args, {
      // Not the checkout: its .env and .kopeck/runtime.env are for others.
      cwd: logDirectory,
      env: { ...process.env, ...env },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    this.#exited = once(this.#child, 'exit');
  }

  /** @returns {Promise<number | null>} its exit code */
  async end() {
    await this.#exited;
    return this.#child.exitCode;
  }

  get pid() {
    return /** @type {number} */ (this.#child.pid);
  }

  get hasEnded() {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** @param {NodeJS.Signals} signal */
  signal(signal) {
    if (!this.hasEnded) this.#child.kill(signal);
  }

  async stop() {
    if (this.hasEnded) return;
    this.signal('SIGCONT');
    this.signal('SIGTERM');
    await Promise.race([this.#exited, sleep(STOP_WITHIN_MS, undefined, { ref: false })]);
    if (this.hasEnded) return;
    this.signal('SIGKILL');
    await this.#exited;
  }

  lastLines() {
    return readFileSync(this.logFile, 'utf8').trim().split('\n').slice(-15).join('\n');
  }
}

/**
 * Waits until `isReady` says so.
 *
 * @param {ServiceProcess[]} processes whose end means that it never will
 * @param {() => Promise<boolean>} isReady
 * @param {number} withinMs
 */
export async function waitUntilReady(processes, isReady, withinMs) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const ended = processes.find((one) => one.hasEnded);
    if (ended) throw new Error(`${ended.name} ended at start. Its last words:\n${ended.lastLines()}`);
    if (await isReady().catch(() => false)) return;
    if (Date.now() > deadline) {
      const names = processes.map((one) => one.name).join(', ');
      throw new Error(`${names} not ready after ${withinMs / 1_000} s: see ${processes[0].logFile}`);
    }
    await sleep(100);
  }
}

/**
 * @param {ConstructorParameters<typeof ServiceProcess>[0]} options
 * @throws {Error} with its last words when it fails
 */
export async function runToEnd(options) {
  const one = new ServiceProcess(options);
  if ((await one.end()) !== 0) throw new Error(`${one.name} failed. Its last words:\n${one.lastLines()}`);
}

/** A port that nobody listens on at the moment. */
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}
