import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly atMs: number;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Never answers. */
export const HANGS = Symbol('hangs');
/** Breaks the connection. */
export const BREAKS = Symbol('breaks');

type Behaviour = (request: ReceivedRequest) => Reply | typeof HANGS | typeof BREAKS | Promise<Reply>;

/** A server of somebody else's, on this machine: keeps what it gets and answers as a test tells it to. */
export class HttpReceiver {
  readonly requests: ReceivedRequest[] = [];
  /** Sockets that were opened at all. */
  connections = 0;
  reply: Behaviour;

  private constructor(
    private readonly server: Server,
    /** `http://127.0.0.1:4711` */
    readonly url: string,
    readonly port: number,
    behaviour: Behaviour,
  ) {
    this.reply = behaviour;
    server.on('request', (request, response) => void this.take(request, response));
    server.on('connection', () => this.connections++);
  }

  /** @throws when it can't listen. */
  static async start(
    behaviour: Behaviour = () => ({ status: 200 }),
    host = '127.0.0.1',
  ): Promise<HttpReceiver> {
    const server = createServer();
    server.listen(0, host);
    await once(server, 'listening');
    const { address, port } = server.address() as AddressInfo;
    return new HttpReceiver(server, `http://${address}:${port}`, port, behaviour);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const received: ReceivedRequest = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      ),
      body: Buffer.concat(chunks).toString(),
      atMs: Date.now(),
    };
    this.requests.push(received);
    const reply = await this.reply(received);
    if (reply === HANGS) return;
    if (reply === BREAKS) return void request.socket.destroy();
    response.writeHead(reply.status, reply.headers).end(reply.body);
  }
}
