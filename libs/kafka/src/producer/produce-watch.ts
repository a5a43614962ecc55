import type { Socket } from 'node:net';
import type { ISocketFactory, ISocketFactoryArgs } from 'kafkajs';
import { PRODUCE, watchedSocket } from '../connection/watched-socket.js';

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
    const socket = watchedSocket(args, (apiKey) => {
      if (apiKey === PRODUCE) this.leaves();
    });
    this.sockets.add(socket);
    socket.once('close', () => this.sockets.delete(socket));
    return socket;
  };

  private leaves(): void {
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
