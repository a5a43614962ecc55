import { appendFileSync } from 'node:fs';

const CHUNK_BYTES = 1 << 20;

/**
 * Ids of transfers that were answered, kept until a row is over: a write to a file for each of them would take processor time from
 * what is measured. As bytes, because a piece of a string keeps all of the answer it was cut from.
 */
export class AnsweredIds {
  /** @type {Buffer[]} */
  #full = [];
  #chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  #used = 0;

  /** @param {string} id ASCII */
  add(id) {
    if (this.#used + id.length + 1 > CHUNK_BYTES) this.#next();
    this.#used += this.#chunk.latin1Write(id, this.#used);
    this.#chunk[this.#used++] = 0x0a;
  }

  /** @param {string} file gets one id a line, behind what it has */
  appendTo(file) {
    this.#next();
    appendFileSync(file, Buffer.concat(this.#full));
    this.#full = [];
  }

  #next() {
    this.#full.push(this.#chunk.subarray(0, this.#used));
    this.#chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    this.#used = 0;
  }
}
