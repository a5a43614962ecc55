import { setTimeout as sleep } from 'node:timers/promises';
import { PlainError } from '../plain-error.mjs';

const GIVE_UP_AFTER_MS = 60_000;
const TIMEOUT_MS = 40_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** The gateway's longest wait for a result, in seconds. */
const WAIT_S = 30;
const TRY_AGAIN = new Set([429, 503, 504]);

/**
 * @typedef {object} Answer
 * @property {number} status
 * @property {Record<string, any>} body
 */

/** Speaks to the REST API; repeats what may be repeated, under the same Idempotency-Key. */
export class BankClient {
  #base;
  /** @type {string | undefined} */
  #token;

  /** @param {string} url of a gateway */
  constructor(url) {
    this.#base = `${url.replace(/\/$/, '')}/api/v1`;
  }

  /**
   * @param {string} email
   * @param {string} password
   */
  async signIn(email, password) {
    const { status, body } = await this.post('sessions', { email, password });
    if (status !== 201) throw new PlainError(`${email} could not sign in: ${body.detail ?? status}`);
    this.#token = body.token;
  }

  async signOut() {
    await this.#ask('DELETE', 'sessions/current');
    this.#token = undefined;
  }

  /**
   * @param {string} path
   * @param {object} body
   * @param {string} [idempotencyKey]
   * @returns {Promise<Answer>}
   */
  post(path, body, idempotencyKey) {
    return this.#ask('POST', path, body, idempotencyKey);
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @param {string} [idempotencyKey]
   * @returns {Promise<Answer>}
   */
  async #ask(method, path, body, idempotencyKey) {
    const deadline = Date.now() + GIVE_UP_AFTER_MS;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      const answer = await this.#once(method, path, body, idempotencyKey);
      // 202: settled later. The same key asks for the same transfer, and waits for it again.
      if (answer && answer.status !== 202 && !TRY_AGAIN.has(answer.status)) return answer;
      if (Date.now() + pause > deadline)
        throw new PlainError(
          `The gateway at ${this.#base} ${answer ? `still answers ${answer.status} (${answer.body.detail ?? 'pending'})` : 'does not answer'}. Is npm start running? Then run npm run seed again.`,
        );
      await sleep(pause);
    }
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   * @param {string} [idempotencyKey]
   * @returns {Promise<Answer | undefined>} undefined where nobody answers
   */
  async #once(method, path, body, idempotencyKey) {
    /** @type {Record<string, string>} */
    const headers = { prefer: `wait=${WAIT_S}` };
    if (body) headers['content-type'] = 'application/json';
    if (this.#token) headers.authorization = `Bearer ${this.#token}`;
    if (idempotencyKey) headers['idempotency-key'] = idempotencyKey;
    try {
      const response = await fetch(`${this.#base}/${path}`, {
        method,
        headers,
        body: body && JSON.stringify(body),
        signal: AbortSignal.timeout(TIMEOUT_MS),
      });
      const text = await response.text();
      return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : {} };
    } catch {
      return undefined;
    }
  }
}
