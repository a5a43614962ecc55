import type { Language, NotificationData, NotificationType } from '@kopeck/contracts';
import type { Book } from './book.js';
import { ENGLISH } from './english.js';
import { Facts } from './facts.js';
import { linkOf } from './links.js';
import { plainText, shortened } from './plain-text.js';
import type { Reader } from './reader.js';
import { RUSSIAN } from './russian.js';

export type { Reader } from './reader.js';

/** What is told, in one language; every channel dresses the same words in its own form. */
export interface Words {
  /** One line of at most 80 characters: the subject of a mail, the first line of a message. */
  readonly title: string;
  /** One or two sentences, plain text. */
  readonly text: string;
  /** Path of the page that shows more, ids only, such as `/transfers/<id>`; null where there is none. */
  readonly link: string | null;
}

export const TITLE_MAX_LENGTH = 80;
export const TEXT_MAX_LENGTH = 1_000;

const BOOKS: Readonly<Record<Language, Book>> = { en: ENGLISH, ru: RUSSIAN };
/** For an announcement that brought no words along. */
const UNTITLED: Readonly<Record<Language, string>> = { en: 'News from the bank', ru: 'Новости банка' };

/**
 * The words of one notification. `test` is what the test button sends. Never throws, whatever the data; never shows a full
 * account number, a control character or one that turns the direction of writing.
 */
export function wordsOf(type: NotificationType | 'test', data: NotificationData, reader: Reader): Words {
  const { title, text } = BOOKS[reader.language][type](new Facts(data, reader));
  return {
    title: shortened(plainText(title) || UNTITLED[reader.language], TITLE_MAX_LENGTH),
    text: shortened(plainText(text), TEXT_MAX_LENGTH),
    link: linkOf(type, data),
  };
}
