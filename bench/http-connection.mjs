import { connect } from 'node:net';

/**
 * One keep-alive HTTP/1.1 connection with one request at a time, on a bare socket: Node's own client takes several times
 * the CPU, which on a small machine is taken from what is measured. It reads what the bench's servers send: answers with a
 * Content-Length. Anything else is an error.
 */
export class HttpConnection {
  /** @type {import('node:net').Socket | null} */
  #socket = null;
  /** @type {{ resolve: (answer: Answer) => void, reject: (error: Error) => void } | null} */
  #waiting = null;
  #received = '';
  #startedAt = 0;

  /** @typedef {{ status: number, body: string }} Answer */

  /** @param {number} port on the loopback interface */
  constructor(port) {
    this.port = port;
  }

  /**
   * @param {string} request head and body, ASCII
   * @returns {Promise<Answer>}
   */
  exchange(request) {
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
      this.#startedAt = performance.now();
      this.#received = '';
      this.#socket ??= this.#open();
      this.#socket.write(request, 'latin1');
    });
  }

  /** Fails the request that is waiting for longer than this; called every second or so, a timer for each would cost more. */
  giveUpAfter(milliseconds) {
    if (this.#waiting && performance.now() - this.#startedAt > milliseconds) {
      this.#fail(new Error('timeout'));
    }
  }

  close() {
    this.#fail(new Error('closed'));
  }

  #open() {
    const socket = connect({ host: '127.0.0.1', port: this.port, noDelay: true });
    socket.setEncoding('latin1');
    socket.on('data', (/** @type {string} */ chunk) => this.#take(chunk));
    socket.on('error', (error) => socket === this.#socket && this.#fail(error));
    socket.on('close', () => socket === this.#socket && this.#fail(new Error('connection closed')));
    return socket;
  }

  /** @param {string} chunk */
  #take(chunk) {
    this.#received = this.#received === '' ? chunk : this.#received + chunk;
    const headEnd = this.#received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const length = /\r\ncontent-length: *(\d+)/i.exec(this.#received.slice(0, headEnd))?.[1];
    if (length === undefined) return this.#fail(new Error('answer without Content-Length'));
    const bodyStart = headEnd + 4;
    if (this.#received.length < bodyStart + Number(length)) return;
    const answer = { status: Number(this.#received.slice(9, 12)), body: this.#received.slice(bodyStart) };
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.resolve(answer);
  }

  /** @param {Error} error */
  #fail(error) {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#socket?.destroy();
    this.#socket = null;
    waiting?.reject(error);
  }
}
