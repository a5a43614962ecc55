import type { Language, NotificationData, NotificationType } from '@kopeck/contracts';

/** What is told, in one language; every channel dresses the same words in its own form. */
export interface Words {
  /** One line of at most 80 characters: the subject of a mail, the first line of a message. */
  readonly title: string;
  /** One or two sentences, plain text. */
  readonly text: string;
  /** Path of the page that shows more, ids only, such as `/transfers/<id>`; null where there is none. */
  readonly link: string | null;
}

export interface Reader {
  readonly language: Language;
  /** IANA name, for moments in the text. */
  readonly timeZone: string;
}

/** The words of one notification. `test` is what the test button sends. */
export function wordsOf(type: NotificationType | 'test', data: NotificationData, reader: Reader): Words {
  void [data, reader];
  return { title: type, text: type, link: null };
}
