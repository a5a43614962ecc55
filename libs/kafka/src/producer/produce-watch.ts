import type { Socket } from 'node:net';
import type { ISocketFactory, ISocketFactoryArgs } from 'kafkajs';
import { noDelaySocket } from '../connection/no-delay-socket.js';

/** Kafka protocol: a request is its size (int32), then the key of its API (int16). 0 is Produce. */
const API_KEY_AT = 4;
const PRODUCE = 0;

/**
 * Knows whether a Produce request left for the broker, by looking at what is written to the sockets. That's the whole
 * difference between "nothing was sent" and "it may have been", and kafkajs's errors don't tell it.
 */
export class ProduceWatch {
  /** Produce requests written since the process started. */
  written = 0;
  private closed = false;
  private readonly sockets = new Set<Socket>();

  /** From now on nothing is produced any more, and nothing connected, whatever kafkajs still tries by itself. */
  close(): void {
    this.closed = true;
    for (const socket of this.sockets) socket.destroy(new ProducerGivenUp());
  }

  readonly socketFactory: ISocketFactory = (args: ISocketFactoryArgs) => {
    if (this.closed) throw new ProducerGivenUp();
    const socket = noDelaySocket(args);
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    const write = socket.write.bind(socket) as (...all: unknown[]) => boolean;
    socket.write = ((chunk: unknown, ...rest: unknown[]) => {
      this.look(chunk);
      return write(chunk, ...rest);
    }) as typeof socket.write;
    return socket;
  };

  private look(chunk: unknown): void {
    if (!Buffer.isBuffer(chunk) || chunk.length < API_KEY_AT + 2) return;
    if (chunk.readInt16BE(API_KEY_AT) !== PRODUCE) return;
    if (this.closed) throw new ProducerGivenUp();
    this.written++;
  }
}

class ProducerGivenUp extends Error {
  readonly retriable = false;
  override readonly name = 'ProducerGivenUp';

  constructor() {
    super('the sender was already told that this was not sent');
  }
}
