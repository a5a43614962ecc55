import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PlainError } from '../plain-error.mjs';
import { worksFor } from '../processes/process-identity.mjs';

const STOP_WITHIN_MS = 20_000;
const POLL_MS = 50;

/**
 * @typedef {object} ServerCommand
 * @property {string} name as it's shown: "PostgreSQL"
 * @property {string} command
 * @property {string[]} args
 * @property {string} directory the server's own, for its process id
 * @property {string} logFile
 * @property {NodeJS.ProcessEnv} [env]
 * @property {{ uid: number, gid: number }} [user]
 * @property {NodeJS.Signals} stopSignal
 */

/** A server in a process group of its own: Ctrl-C in the terminal is for `npm start`, which stops servers last. */
export class ServerProcess {
  #command;
  /** @type {import('node:child_process').ChildProcess} */
  #child;

  /** @param {ServerCommand} command */
  constructor(command) {
    this.#command = command;
    mkdirSync(dirname(command.logFile), { recursive: true });
    const log = openSync(command.logFile, 'a');
    this.#child = spawn(command.command, command.args, {
      cwd: command.directory,
      env: command.env ?? process.env,
      stdio: ['ignore', log, log],
      detached: true,
      ...command.user,
    });
    closeSync(log);
    this.#child.on('error', () => undefined);
    if (this.#child.pid) writeFileSync(pidFileOf(command.directory), String(this.#child.pid));
  }

  get name() {
    return this.#command.name;
  }

  get pid() {
    return this.#child.pid ?? 0;
  }

  get hasEnded() {
    return this.#child.pid === undefined || this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /**
   * @param {() => Promise<boolean>} isReady
   * @param {number} withinMs
   */
  async waitUntil(isReady, withinMs) {
    const deadline = Date.now() + withinMs;
    for (;;) {
      if (this.hasEnded)
        throw new PlainError(
          `${this.name} ended at start. Its last words, from ${this.#command.logFile}:\n${this.lastWords()}`,
        );
      if (await isReady().catch(() => false)) return;
      if (Date.now() > deadline) {
        throw new PlainError(
          `${this.name} was not ready after ${withinMs / 1_000} s. Its log is ${this.#command.logFile}`,
        );
      }
      await sleep(POLL_MS);
    }
  }

  /** @param {NodeJS.Signals} signal to the server's whole process group */
  kill(signal) {
    if (!this.hasEnded) signalGroup(this.pid, signal);
  }

  async stop() {
    this.kill(this.#command.stopSignal);
    await this.ended(STOP_WITHIN_MS);
    if (!this.hasEnded) {
      this.kill('SIGKILL');
      await this.ended(STOP_WITHIN_MS);
    }
    rmSync(pidFileOf(this.#command.directory), { force: true });
  }

  /** @param {number} withinMs */
  async ended(withinMs) {
    const deadline = Date.now() + withinMs;
    while (!this.hasEnded && Date.now() < deadline) await sleep(POLL_MS);
  }

  lastWords() {
    return readFileSync(this.#command.logFile, 'utf8').trim().split('\n').slice(-8).join('\n');
  }
}

/**
 * Ends a server that a killed `npm start` left behind. Only a process that works for the directory is meant: ids are
 * used again by others.
 *
 * @param {string} directory
 * @param {NodeJS.Signals} stopSignal
 */
export async function stopLeftover(directory, stopSignal) {
  const file = pidFileOf(directory);
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8'));
  rmSync(file, { force: true });
  const isOurs = () => worksFor(pid, directory);
  if (!isOurs()) return;
  signalGroup(pid, stopSignal);
  const deadline = Date.now() + STOP_WITHIN_MS;
  while (isOurs() && Date.now() < deadline) await sleep(POLL_MS);
  if (isOurs()) signalGroup(pid, 'SIGKILL');
}

/** @param {string} directory */
function pidFileOf(directory) {
  return join(dirname(directory), `${directory.split(/[\\/]/).at(-1)}.pid`);
}

/**
 * @param {number} pid
 * @param {NodeJS.Signals} signal
 */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // It has ended by itself.
  }
}
