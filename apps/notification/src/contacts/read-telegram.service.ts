import { setTimeout as delay } from 'node:timers/promises';
import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ReaderRepository } from '../channels/reader.repository.js';
import { TelegramBot, TelegramFault, type TelegramUpdate } from '../channels/telegram-bot.service.js';
import { TelegramBotRepository } from './telegram-bot.repository.js';
import { TelegramLinksService } from './telegram-links.service.js';
import { replyTo, startMessageOf } from './telegram-message.js';

/** Telegram holds a question for so long; a killed replica's lease ends soon after. */
const WAIT_SECONDS = 10;
const ANSWER_WITHIN_MS = (WAIT_SECONDS + 5) * 1_000;
const LEASE_MS = ANSWER_WITHIN_MS + 15_000;
const REPLY_WITHIN_MS = 5_000;
/** While another replica asks, and after a fault. */
const PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;

/** Reads what people write to the bank's bot, for codes that link a chat. One replica at a time asks. */
@Injectable()
export class ReadTelegramService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(ReadTelegramService.name);
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly bot: TelegramBot,
    private readonly places: TelegramBotRepository,
    private readonly links: TelegramLinksService,
    private readonly readers: ReaderRepository,
  ) {}

  onApplicationBootstrap(): void {
    if (this.bot.isConfigured) this.running = this.readOn();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async readOn(): Promise<void> {
    const { signal } = this.stopping;
    for (let faults = 0; !signal.aborted;) {
      const hasRead = await this.readOnce();
      faults = hasRead === 'fault' ? faults + 1 : 0;
      if (hasRead === 'read') continue;
      const pauseMs = Math.min(PAUSE_MS * 2 ** Math.min(faults, 5), LONGEST_PAUSE_MS);
      await delay(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** One question to Telegram. Never throws. */
  private async readOnce(): Promise<'read' | 'leased elsewhere' | 'fault'> {
    const { id } = this.bot;
    let isMine = false;
    try {
      const offset = await this.places.lease(id, LEASE_MS);
      if (offset === undefined) return 'leased elsewhere';
      isMine = true;
      const signal = AbortSignal.any([this.stopping.signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]);
      for (const update of await this.bot.getUpdates(offset, WAIT_SECONDS, signal)) await this.handle(update);
      return 'read';
    } catch (error) {
      if (!this.stopping.signal.aborted) this.warn(error);
      return 'fault';
    } finally {
      if (isMine) await this.places.release(id).catch(() => undefined);
    }
  }

  /** The link and the place of the message are one transaction; the reply is a courtesy. */
  private async handle(update: TelegramUpdate): Promise<void> {
    const start = startMessageOf(update);
    const handled = await this.places.transaction(async (tx) => {
      const isNew = await this.places.advance(tx, this.bot.id, update.update_id);
      if (!isNew || !start) return undefined;
      const chat = { id: start.chatId, name: start.chatName };
      return { customerId: await this.links.link(tx, start.code, chat) };
    });
    if (!handled || !start) return;
    const { customerId } = handled;
    const reader =
      customerId === undefined ? undefined : (await this.readers.find([customerId])).get(customerId);
    const signal = AbortSignal.timeout(REPLY_WITHIN_MS);
    await this.bot.sendMessage(start.chatId, replyTo(reader?.language), signal);
  }

  private warn(error: unknown): void {
    const { message } = error as Error;
    const what = error instanceof TelegramFault ? `Telegram: ${message}` : message;
    this.log.warn(`Messages to the bot are read later. ${what}`);
  }
}
