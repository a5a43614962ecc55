import type { Socket } from 'node:net';
import type { ISocketFactory, ISocketFactoryArgs } from 'kafkajs';
import { FETCH, watchedSocket } from '../connection/watched-socket.js';

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
    const socket = watchedSocket(args, (apiKey, correlationId) => {
      if (apiKey === FETCH) this.begun(socket, correlationId);
    });
    socket.once('close', () => this.underWay.delete(socket));
    return socket;
  };

  /** Once kafkajs has been told to stop: before, it would just fetch again. */
  endFetches(): void {
    this.isStopping = true;
    for (const [socket, fetch] of this.underWay) answerEmpty(socket, fetch);
    this.underWay.clear();
  }

  private begun(socket: Socket, correlationId: number): void {
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
