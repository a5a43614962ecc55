import { refusal, type LinkTelegram, type Refusal, type TelegramLink } from '@kopeck/contracts';
import type { Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import { ChannelChanges } from '../channels/channel-changes.service.js';
import { ChannelSettings } from '../channels/channel.settings.js';
import { TelegramBot } from '../channels/telegram-bot.service.js';
import { ContactCodes } from './contact-codes.service.js';
import { ContactRepository } from './contact.repository.js';

const CODE_TTL_MS = 15 * 60_000;
const CONTEXT = 'telegram';

/** Chats: known once somebody in them has sent the bot a code that a person got from the bank. */
@Injectable()
export class TelegramLinksService {
  constructor(
    private readonly contacts: ContactRepository,
    private readonly codes: ContactCodes,
    private readonly bot: TelegramBot,
    private readonly changes: ChannelChanges,
    private readonly settings: ChannelSettings,
  ) {}

  get isOffered(): boolean {
    return this.bot.isConfigured;
  }

  async createCode({ customerId }: LinkTelegram): Promise<TelegramLink | Refusal> {
    if (!this.isOffered) return NOT_OFFERED;
    const code = this.codes.createLinkCode();
    const expiresAt = await this.contacts.saveLinkCode(customerId, this.hashOf(code), CODE_TTL_MS);
    const { TELEGRAM_BOT_NAME: name } = this.settings;
    return {
      code,
      url: name === undefined ? null : `https://t.me/${name}?start=${code}`,
      expiresAt: expiresAt.toISOString(),
    };
  }

  /**
   * Uses a code up, within the transaction that notes the message as handled.
   *
   * @returns whose code it was; undefined when it's nobody's.
   */
  async link(
    tx: Transaction,
    code: string,
    chat: { readonly id: string; readonly name: string | null },
  ): Promise<string | undefined> {
    const hash = this.hashOf(code);
    const customerId = await this.contacts.takeLinkCode(tx, hash);
    if (customerId === undefined) return undefined;
    await this.contacts.linkChat(tx, customerId, chat.id, chat.name);
    await this.changes.tell({ customerId, channel: 'telegram', action: 'linked', name: hash });
    return customerId;
  }

  async forget(customerId: string): Promise<void> {
    await this.contacts.transaction(async (tx) => {
      if (!(await this.contacts.unlinkChat(tx, customerId))) return;
      const name = new Date().toISOString();
      await this.changes.tell({ customerId, channel: 'telegram', action: 'removed', name });
    });
  }

  private hashOf(code: string): string {
    return this.codes.hash(code.toUpperCase(), CONTEXT);
  }
}

const NOT_OFFERED = refusal('state_conflict', 'The bank has no Telegram bot.');
