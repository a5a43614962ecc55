import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

const HOST = '127.0.0.1';

/**
 * Where nobody else picks by chance: systems take the ports of outgoing connections from 32768 or 49152 upwards, and one
 * that was free a moment ago may be such a connection's by the time a server has started.
 */
const LOWEST = 20_000;
const HIGHEST = 29_999;
const MOST_TRIES = 1_000;

/** A port is free until its server has started: no two servers must be given the same meanwhile. */
const givenOut = new Set();

/**
 * Ports that nobody listens on at the moment, and none that this process was given before.
 *
 * @param {number} count
 * @returns {Promise<number[]>}
 */
export async function freePorts(count) {
  const ports = [];
  for (let tries = 0; ports.length < count; tries++) {
    if (tries === MOST_TRIES) throw new Error(`No ${count} free ports from ${LOWEST} to ${HIGHEST}`);
    const port = randomInt(LOWEST, HIGHEST + 1);
    if (givenOut.has(port) || !(await isFree(port))) continue;
    givenOut.add(port);
    ports.push(port);
  }
  return ports;
}

/** @param {number} port */
export async function isFree(port) {
  const server = createServer();
  server.listen(port, HOST);
  try {
    await once(server, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

/**
 * Whether somebody takes connections there.
 *
 * @param {number} port
 * @param {string} [host]
 * @param {number} [timeoutMs]
 * @returns {Promise<boolean>}
 */
export function answers(port, host = HOST, timeoutMs = 1_000) {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: timeoutMs });
    /** @param {boolean} answer */
    const end = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
