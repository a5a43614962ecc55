import type { Language } from '@kopeck/contracts';

/** Whose language and clock a text is written for. */
export interface Reader {
  readonly language: Language;
  /** IANA name, for moments in the text. */
  readonly timeZone: string;
}
