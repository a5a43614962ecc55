import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

const KEEP_ALIVE_DELAY_MS = 60_000;
/** kafkajs listens on a socket again for each request that waits while a broker goes away. */
const MAX_LISTENERS = 100;

/**
 * kafkajs opens its sockets without TCP_NODELAY, so that Nagle's algorithm holds each small request back until the
 * answer to the one before: measured 13 instead of 10 ms for a transfer with one client.
 */
export const noDelaySocket: ISocketFactory = ({ host, port, ssl, onConnect }) => {
  const target = { host, port, noDelay: true };
  const socket: Socket = ssl
    ? connectTls({ ...target, ...(isIP(host) ? {} : { servername: host }), ...ssl }, onConnect)
    : connect(target, onConnect);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_DELAY_MS);
  socket.setMaxListeners(MAX_LISTENERS);
  return socket;
};
