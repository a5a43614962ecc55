import { Injectable } from '@nestjs/common';
import { DeliverySettings } from '../deliveries/delivery.settings.js';
import { MESSAGE_SCHEDULE } from '../deliveries/retry-schedule.js';
import { wordsOf, type Words } from '../templates/words.js';
import type { Channel, DueDelivery, Readiness } from './channel.js';
import { ChannelSettings } from './channel.settings.js';
import { escapeHtml, linkOf } from './html.js';
import { ReaderRepository } from './reader.repository.js';
import { TelegramBot } from './telegram-bot.service.js';

/** A message of the bank's bot to a chat that was linked by a code. */
@Injectable()
export class TelegramChannel implements Channel {
  readonly name = 'telegram';
  readonly missing: string | null;
  readonly atOnce: number;
  readonly atOncePerLane: number;
  readonly schedule = MESSAGE_SCHEDULE;

  constructor(
    private readonly readers: ReaderRepository,
    private readonly bot: TelegramBot,
    private readonly settings: ChannelSettings,
    { TELEGRAMS_AT_ONCE }: DeliverySettings,
  ) {
    this.atOnce = this.atOncePerLane = TELEGRAMS_AT_ONCE;
    this.missing = bot.isConfigured ? null : 'Telegram is not offered: TELEGRAM_BOT_TOKEN is not set';
  }

  async prepare(deliveries: readonly DueDelivery[]): Promise<ReadonlyMap<string, Readiness>> {
    const customerIds = deliveries.map(({ customerId }) => customerId);
    const chats = await this.readers.findTelegramChats(customerIds);
    const readers = await this.readers.find(customerIds);
    return new Map(
      deliveries.map(({ deliveryId, customerId, type, data }): [string, Readiness] => {
        const chatId = chats.get(customerId);
        if (chatId === undefined) return [deliveryId, GONE];
        const text = this.textOf(wordsOf(type, data, readers.get(customerId)!));
        const send = (signal: AbortSignal) => this.bot.sendMessage(chatId, text, signal);
        return [deliveryId, { kind: 'ready', target: 'bot', lane: 'bot', send }];
      }),
    );
  }

  private textOf({ title, text, link }: Words): string {
    const url = linkOf(this.settings.PUBLIC_URL, link);
    const lines = [`<b>${escapeHtml(title)}</b>`, escapeHtml(text)];
    return [...lines, ...(url === null ? [] : [escapeHtml(url)])].join('\n');
  }
}

const GONE: Readiness = { kind: 'gone', reason: 'the chat is not linked any more' };
