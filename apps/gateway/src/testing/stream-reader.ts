import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { GatewayUnderTest } from './gateway-under-test.js';

export interface SeenEvent {
  readonly name: string;
  readonly id?: string;
  readonly retry?: string;
  readonly data: ReturnType<JSON['parse']>;
}

/** A browser's side of an event stream, on a real connection. The gateway under test has to listen. */
export class StreamReader {
  readonly events: SeenEvent[] = [];
  comments = 0;
  /** The last reconnection time that was told. */
  retry: string | undefined;
  isEnded = false;
  private rest = '';

  private constructor(readonly response: IncomingMessage) {
    response.setEncoding('utf8');
    response.on('data', (chunk: string) => this.take(chunk));
    response.on('close', () => (this.isEnded = true));
    response.on('error', () => undefined);
  }

  static async open(
    { app }: GatewayUnderTest,
    headers: Record<string, string>,
    path = '/api/v1/stream',
  ): Promise<StreamReader> {
    const { port } = app.getHttpServer().address() as AddressInfo;
    const request = get({ host: '127.0.0.1', port, path, headers, agent: false });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return new StreamReader(response);
  }

  named(name: string): SeenEvent[] {
    return this.events.filter((event) => event.name === name);
  }

  get ids(): (string | undefined)[] {
    return this.named('notification').map(({ id }) => id);
  }

  /** Reads nothing any more, as a page does whose computer sleeps. */
  stall(): void {
    this.response.pause();
  }

  close(): void {
    this.response.destroy();
  }

  private take(chunk: string): void {
    const blocks = (this.rest + chunk).split('\n\n');
    this.rest = blocks.pop()!;
    for (const block of blocks) this.see(block);
  }

  private see(block: string): void {
    if (block.startsWith(':')) {
      this.comments++;
      return;
    }
    const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]));
    this.retry = fields.get('retry') ?? this.retry;
    const data = fields.get('data');
    if (data === undefined) return;
    this.events.push({
      name: fields.get('event') ?? 'message',
      id: fields.get('id'),
      retry: fields.get('retry'),
      data: JSON.parse(data),
    });
  }
}
