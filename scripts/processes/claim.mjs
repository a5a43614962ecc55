import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { STATE } from '../paths.mjs';
import { commandLineOf } from './process-identity.mjs';

/**
 * @typedef {object} ClaimRecord
 * @property {number} pid
 * @property {string} script absolute, so that it names the clone as well
 * @property {boolean} isReady
 * @property {string} [url] of the gateway
 */

/** One `npm start` and one `npm run infra` a clone: the file says who, the process's command line whether it's true. */
export class Claim {
  #file;
  #record;

  /**
   * @param {string} file
   * @param {ClaimRecord} record
   */
  constructor(file, record) {
    this.#file = file;
    this.#record = record;
  }

  /** @param {{ url?: string }} [more] */
  ready(more = {}) {
    this.#record = { ...this.#record, ...more, isReady: true };
    writeFileSync(this.#file, JSON.stringify(this.#record));
  }

  release() {
    if (readRecord(this.#file)?.pid === this.#record.pid) rmSync(this.#file, { force: true });
  }
}

/**
 * @param {string} name
 * @param {string} script absolute path of the script that runs
 * @param {string} [folder]
 * @returns {Claim | undefined} undefined where another process holds it
 */
export function claim(name, script, folder = STATE) {
  const file = fileOf(name, folder);
  const record = { pid: process.pid, script, isReady: false };
  mkdirSync(dirname(file), { recursive: true });
  for (let attempt = 1; attempt <= 2; attempt++) {
    try {
      writeFileSync(file, JSON.stringify(record), { flag: 'wx' });
      return new Claim(file, record);
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      if (holderOf(name, folder)) return undefined;
      rmSync(file, { force: true });
    }
  }
  return undefined;
}

/**
 * @param {string} name
 * @param {string} [folder]
 * @returns {ClaimRecord | undefined} undefined where nobody runs
 */
export function holderOf(name, folder = STATE) {
  const record = readRecord(fileOf(name, folder));
  return record && commandLineOf(record.pid).includes(record.script) ? record : undefined;
}

/**
 * @param {string} name
 * @param {string} folder
 */
function fileOf(name, folder) {
  return join(folder, `${name}.json`);
}

/**
 * @param {string} file
 * @returns {ClaimRecord | undefined}
 */
function readRecord(file) {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  } catch {
    return undefined;
  }
}
