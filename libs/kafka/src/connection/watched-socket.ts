import type { Socket } from 'node:net';
import type { ISocketFactoryArgs } from 'kafkajs';
import { noDelaySocket } from './no-delay-socket.js';

/**
 * Kafka protocol: a request is its size (int32), its API's key (int16) and version (int16), and an id (int32) that its response
 * repeats.
 */
const API_KEY_AT = 4;
const CORRELATION_ID_AT = 8;
const HEADER_BYTES = 12;

export const PRODUCE = 0;
export const FETCH = 1;

/** A socket of kafkajs, and a look at each request just before it's written; what that throws, the writer gets. */
export function watchedSocket(
  args: ISocketFactoryArgs,
  look: (apiKey: number, correlationId: number) => void,
): Socket {
  const socket = noDelaySocket(args);
  const write = socket.write.bind(socket) as (...all: unknown[]) => boolean;
  socket.write = ((chunk: unknown, ...rest: unknown[]) => {
    if (Buffer.isBuffer(chunk) && chunk.length >= HEADER_BYTES) {
      look(chunk.readInt16BE(API_KEY_AT), chunk.readInt32BE(CORRELATION_ID_AT));
    }
    return write(chunk, ...rest);
  }) as typeof socket.write;
  return socket;
}
