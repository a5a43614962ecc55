import type { Socket } from 'node:net';
import type { ISocketFactory, ISocketFactoryArgs } from 'kafkajs';
import { noDelaySocket } from '../connection/no-delay-socket.js';

/**
 * Kafka protocol: a request is its size (int32), its API's key (int16) and version (int16), and an id (int32) that its response
 * repeats. 1 is Fetch.
 */
const API_KEY_AT = 4;
const CORRELATION_ID_AT = 8;
const HEADER_BYTES = 12;
const FETCH = 1;
/** Of all versions from 7 to 11, which kafkajs speaks: no throttling, no error, no session, no topics. */
const EMPTY_BODY_BYTES = 14;

interface FetchUnderWay {
  readonly correlationId: number;
  /** By the socket, when the request was written. */
  readonly bytesReadBefore: number;
}

/**
 * kafkajs stops when the fetch under way has ended, which waits for news for seconds. It knows no way to end one, so it's given the
 * answer "nothing new" in the broker's place.
 */
export class FetchWatch {
  private readonly underWay = new Map<Socket, FetchUnderWay>();
  private isStopping = false;

  readonly socketFactory: ISocketFactory = (args: ISocketFactoryArgs) => {
    const socket = noDelaySocket(args);
    socket.once('close', () => this.underWay.delete(socket));
    const write = socket.write.bind(socket) as (...all: unknown[]) => boolean;
    socket.write = ((chunk: unknown, ...rest: unknown[]) => {
      this.look(socket, chunk);
      return write(chunk, ...rest);
    }) as typeof socket.write;
    return socket;
  };

  /** Once kafkajs has been told to stop: before, it would just fetch again. */
  endFetches(): void {
    this.isStopping = true;
    for (const [socket, fetch] of this.underWay) answerEmpty(socket, fetch);
    this.underWay.clear();
  }

  private look(socket: Socket, chunk: unknown): void {
    if (!Buffer.isBuffer(chunk) || chunk.length < HEADER_BYTES || chunk.readInt16BE(API_KEY_AT) !== FETCH)
      return;
    const correlationId = chunk.readInt32BE(CORRELATION_ID_AT);
    this.underWay.set(socket, { correlationId, bytesReadBefore: socket.bytesRead });
    // kafkajs was about to fetch when it was told to stop; it expects an answer only when it has written the request.
    if (this.isStopping) setImmediate(() => this.endFetches());
  }
}

function answerEmpty(socket: Socket, { correlationId, bytesReadBefore }: FetchUnderWay): void {
  // The broker's own answer has come, or is coming: in its middle another one would be taken for a part of it.
  if (socket.bytesRead !== bytesReadBefore) return;
  const answer = Buffer.alloc(8 + EMPTY_BODY_BYTES);
  answer.writeInt32BE(4 + EMPTY_BODY_BYTES, 0);
  answer.writeInt32BE(correlationId, 4);
  socket.emit('data', answer);
  // The broker's will find nobody who waits for it.
  socket.removeAllListeners('data').resume();
}
