import { get } from 'node:http';

const OPEN_WITHIN_MS = 10_000;

/**
 * @typedef {object} SeenEvent
 * @property {string} name
 * @property {string} text the whole event
 */

/** One browser's event stream. It doesn't come back by itself: a stream that ends is an error of the run. */
export class OpenPage {
  #rest = '';
  #isClosed = false;
  /** @type {import('node:http').ClientRequest} */
  #request;
  /** @type {() => void} */
  #onHello = () => {};

  /**
   * @param {import('./requests.mjs').Target} target
   * @param {string} authorization the header line of its owner's session
   * @param {{ onEvent: (event: SeenEvent) => void, onError: (message: string) => void }} listener
   */
  constructor(target, authorization, { onEvent, onError }) {
    const [name, value] = authorization.split(': ');
    const { port, streamPath: path } = target;
    this.onEvent = onEvent;
    this.onError = onError;
    /** Resolves when it listens. */
    this.opened = new Promise((resolve, reject) => {
      this.#onHello = () => resolve(undefined);
      setTimeout(() => reject(new Error('an event stream does not begin')), OPEN_WITHIN_MS).unref();
    });
    this.#request = get({ host: '127.0.0.1', port, path, headers: { [name]: value }, agent: false });
    this.#request.on('error', (error) => this.#fail(error.message));
    this.#request.on('response', (response) => {
      if (response.statusCode !== 200) this.#fail(`stream ${response.statusCode}`);
      response.setEncoding('latin1');
      response.on('data', (chunk) => this.#take(chunk));
      response.on('close', () => this.#fail('stream ended'));
    });
  }

  close() {
    this.#isClosed = true;
    this.#request.destroy();
  }

  /** @param {string} chunk */
  #take(chunk) {
    const text = this.#rest === '' ? chunk : this.#rest + chunk;
    let from = 0;
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n', from)) {
      this.#see(text.slice(from, end));
      from = end + 2;
    }
    this.#rest = text.slice(from);
  }

  /** @param {string} text */
  #see(text) {
    if (!text.startsWith('event: ')) return;
    const name = text.slice('event: '.length, text.indexOf('\n'));
    if (name === 'hello') this.#onHello();
    this.onEvent({ name, text });
  }

  /** @param {string} message */
  #fail(message) {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.onError(message);
  }
}
