import { REFERENCE, type Language } from '@kopeck/contracts';
import type { TelegramUpdate } from '../channels/telegram-bot.service.js';

const START = /^\/start(?:@\w{1,64})?\s+([A-Za-z0-9_-]{8,64})\s*$/;
const MAX_NAME_LENGTH = 100;

/** Somebody alone with the bot sent it a code. */
export interface StartMessage {
  readonly code: string;
  readonly chatId: string;
  readonly chatName: string | null;
}

/** @returns undefined for anything else: a group, a chat about the weather. */
export function startMessageOf({ message }: TelegramUpdate): StartMessage | undefined {
  const code = START.exec(message?.text ?? '')?.[1];
  const chat = message?.chat;
  if (code === undefined || chat?.type !== 'private' || !Number.isSafeInteger(chat.id)) return undefined;
  const { first_name: first, last_name: last, username } = chat;
  const name = [first, last, username === undefined ? undefined : `@${username}`]
    .filter((part) => typeof part === 'string' && part !== '')
    .join(' ');
  const shown = [...name].slice(0, MAX_NAME_LENGTH).join('');
  return { code, chatId: String(chat.id), chatName: shown !== '' && REFERENCE.test(shown) ? shown : null };
}

const REPLIES: Readonly<Record<Language, { linked: string; unknown: string }>> = {
  en: {
    linked: 'This chat is linked. The bank writes here what you choose in your notification settings.',
    unknown:
      'The bank does not know this code, or it has expired. Get a new one in your notification settings.',
  },
  ru: {
    linked: 'Чат привязан. Банк будет писать сюда то, что вы выберете в настройках уведомлений.',
    unknown: 'Банк не знает такого кода, или он истёк. Возьмите новый в настройках уведомлений.',
  },
};

/** Whoever sends a code that is nobody's has no language that is known: both are said. */
export function replyTo(language: Language | undefined): string {
  return language === undefined ? `${REPLIES.en.unknown}\n\n${REPLIES.ru.unknown}` : REPLIES[language].linked;
}
