import type { BankClient } from './bank-client.js';
import { eventually } from './eventually.js';

export interface StreamedEvent {
  readonly name: string;
  readonly id: string | undefined;
  readonly data: any;
  /** Epoch milliseconds. */
  readonly seenAtMs: number;
}

/** The live updates of one open page. */
export class EventStream {
  readonly events: StreamedEvent[] = [];
  isEnded = false;
  private rest = '';

  private constructor(
    readonly response: Response,
    private readonly abort: AbortController,
  ) {}

  /** @param lastEventId what the page has seen last, when it comes back. */
  static async open(client: BankClient, lastEventId?: string): Promise<EventStream> {
    const abort = new AbortController();
    const response = await fetch(`${client.url}/api/v1/stream`, {
      headers: {
        ...(client.token !== undefined && { authorization: `Bearer ${client.token}` }),
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
      },
      signal: abort.signal,
    });
    const stream = new EventStream(response, abort);
    void stream.read();
    return stream;
  }

  /** The same, when it's sure to hear what happens from now on. */
  static async listen(client: BankClient, lastEventId?: string): Promise<EventStream> {
    const stream = await EventStream.open(client, lastEventId);
    await eventually(() => {
      if (stream.events[0]?.name !== 'hello') throw new Error(`no stream, but ${stream.response.status}`);
    });
    return stream;
  }

  get notifications(): StreamedEvent[] {
    return this.events.filter(({ name }) => name === 'notification');
  }

  get transfers(): StreamedEvent[] {
    return this.events.filter(({ name }) => name === 'transfer');
  }

  /** Notifications of one transfer. */
  about(transferId: string): StreamedEvent[] {
    return this.notifications.filter(({ data }) => data.link === `/transfers/${transferId}`);
  }

  close(): void {
    this.abort.abort();
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of this.response.body ?? []) this.take(decoder.decode(chunk, { stream: true }));
    } catch (error) {
      if (!this.abort.signal.aborted) throw error;
    } finally {
      this.isEnded = true;
    }
  }

  private take(text: string): void {
    const blocks = (this.rest + text).split('\n\n');
    this.rest = blocks.pop()!;
    for (const block of blocks) {
      const fields = new Map(block.split('\n').map((line) => line.split(/: (.*)/s, 2) as [string, string]));
      const [name, data] = [fields.get('event'), fields.get('data')];
      if (name === undefined || data === undefined) continue;
      this.events.push({ name, id: fields.get('id'), data: JSON.parse(data), seenAtMs: Date.now() });
    }
  }
}
