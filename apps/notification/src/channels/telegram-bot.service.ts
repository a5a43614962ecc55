import { Injectable } from '@nestjs/common';
import { delivered, failed, type Outcome } from './channel.js';
import { ChannelSettings } from './channel.settings.js';
import { connectionFaultOf, exchange } from './http-exchange.js';

/** Of a message that somebody sent to the bot, what is looked at. */
export interface TelegramUpdate {
  readonly update_id: number;
  readonly message?: {
    readonly text?: string;
    readonly chat?: {
      readonly id: number;
      readonly type?: string;
      readonly first_name?: string;
      readonly last_name?: string;
      readonly username?: string;
    };
  };
}

interface Answer {
  readonly ok?: boolean;
  readonly result?: unknown;
  readonly parameters?: { readonly retry_after?: number };
}

/** Telegram doesn't answer as it should; the message names no secret. */
export class TelegramFault extends Error {}

/** Telegram's Bot API, as far as it's needed. The token is a part of its addresses, so no address gets into an error. */
@Injectable()
export class TelegramBot {
  constructor(private readonly settings: ChannelSettings) {}

  get isConfigured(): boolean {
    return this.settings.TELEGRAM_BOT_TOKEN !== undefined;
  }

  /** The public half of the token. */
  get id(): string {
    return this.settings.TELEGRAM_BOT_TOKEN?.split(':')[0] ?? '';
  }

  /** @param html Telegram's own small part of HTML, escaped. */
  async sendMessage(chatId: string, html: string, signal: AbortSignal): Promise<Outcome> {
    const message = {
      chat_id: chatId,
      text: html,
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    };
    try {
      const { status, json } = await this.call('sendMessage', message, signal);
      const answer = (json ?? {}) as Answer;
      if (status === 200 && answer.ok === true) return delivered(status);
      const seconds = answer.parameters?.retry_after;
      return failed(sentenceOf(status), {
        responseCode: status,
        isFinal: status === 400 || status === 403,
        isTargetAtFault: ![400, 403, 429].includes(status),
        ...(typeof seconds === 'number' && { retryAfterMs: seconds * 1_000 }),
      });
    } catch (error) {
      return failed(`Telegram: ${connectionFaultOf(error)}`, { isTargetAtFault: true });
    }
  }

  /** Waits at Telegram for so long if there is nothing yet. @throws {TelegramFault} */
  async getUpdates(offset: string, waitSeconds: number, signal: AbortSignal): Promise<TelegramUpdate[]> {
    const question = {
      offset: Number(offset),
      timeout: waitSeconds,
      limit: 100,
      allowed_updates: ['message'],
    };
    let answered;
    try {
      answered = await this.call('getUpdates', question, signal);
    } catch (error) {
      throw new TelegramFault(connectionFaultOf(error));
    }
    const { ok, result } = (answered.json ?? {}) as Answer;
    if (ok !== true || !Array.isArray(result)) throw new TelegramFault(`it answered ${answered.status}`);
    return result.filter((update): update is TelegramUpdate =>
      Number.isSafeInteger((update as TelegramUpdate | null)?.update_id),
    );
  }

  private call(method: string, body: object, signal: AbortSignal) {
    const { TELEGRAM_API_URL, TELEGRAM_BOT_TOKEN } = this.settings;
    return exchange(`${TELEGRAM_API_URL.replace(/\/+$/, '')}/bot${TELEGRAM_BOT_TOKEN}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal,
    });
  }
}

function sentenceOf(status: number): string {
  if (status === 403) return 'the person has blocked the bot';
  if (status === 400) return 'Telegram does not know the chat, or not the message';
  if (status === 401 || status === 404) return 'Telegram does not take the bot’s token';
  return `Telegram answered ${status}`;
}
