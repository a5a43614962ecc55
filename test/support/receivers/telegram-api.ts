import { HttpReceiver, type Reply } from './http-receiver.js';

export interface SentMessage {
  readonly chatId: string;
  readonly text: string;
  /** Epoch milliseconds. */
  readonly atMs: number;
}

const POLL_MS = 20;

/** As much of Telegram's Bot API as a bot of ours uses, on this machine. */
export class TelegramApi {
  readonly sent: SentMessage[] = [];
  /** Instead of taking a message: Telegram's answer. */
  refuse: (chatId: string) => { status: number; retryAfter?: number } | undefined = () => undefined;
  private readonly updates: { readonly update_id: number; readonly message: object }[] = [];
  /** Telegram's never go back, also not from one suite to the next, whose bot is the same. */
  private nextUpdateId = Math.floor(Date.now() / 1_000);
  private isStopped = false;
  private receiver!: HttpReceiver;

  private constructor(readonly token: string) {}

  static async start(token = '4242:test-token-of-the-bot'): Promise<TelegramApi> {
    const api = new TelegramApi(token);
    api.receiver = await HttpReceiver.start(({ path, body }) => api.answer(path, body));
    return api;
  }

  get url(): string {
    return this.receiver.url;
  }

  /** How often the bot asked for what people wrote. */
  get questions(): number {
    return this.receiver.requests.filter(({ path }) => path.endsWith('/getUpdates')).length;
  }

  /** Somebody writes to the bot. */
  write(chatId: number, text: string, firstName = 'Anna', type = 'private'): void {
    const chat = { id: chatId, type, first_name: firstName };
    this.updates.push({ update_id: this.nextUpdateId++, message: { text, chat } });
  }

  to(chatId: number): string[] {
    return this.sent.filter((message) => message.chatId === String(chatId)).map(({ text }) => text);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    await this.receiver.stop();
  }

  private async answer(path: string, body: string): Promise<Reply> {
    const [, bot, method] = path.split('/');
    if (bot !== `bot${this.token}`) return json(401, { ok: false, description: 'Unauthorized' });
    const question = JSON.parse(body) as Record<string, unknown>;
    return method === 'sendMessage' ? this.take(question) : this.tell(question);
  }

  private take({ chat_id: chat, text }: Record<string, unknown>): Reply {
    const chatId = String(chat);
    const refused = this.refuse(chatId);
    if (refused) {
      const { status, retryAfter } = refused;
      return json(status, { ok: false, error_code: status, parameters: { retry_after: retryAfter } });
    }
    this.sent.push({ chatId, text: String(text), atMs: Date.now() });
    return json(200, { ok: true, result: {} });
  }

  /** Holds the question until there is something or its time is over, as Telegram does. */
  private async tell({ offset, timeout }: Record<string, unknown>): Promise<Reply> {
    const deadline = Date.now() + Number(timeout) * 1_000;
    for (;;) {
      const result = this.updates.filter(({ update_id: id }) => id >= Number(offset));
      if (result.length > 0 || this.isStopped || Date.now() > deadline)
        return json(200, { ok: true, result });
      await new Promise((resolve) => setTimeout(resolve, POLL_MS));
    }
  }
}

function json(status: number, body: object): Reply {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}
