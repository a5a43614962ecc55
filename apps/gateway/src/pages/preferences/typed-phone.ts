import { PHONE_NUMBER } from '@kopeck/contracts';

export type TypedPhone =
  | { readonly ok: true; readonly phone: string }
  /** `national`: eleven digits from an 8, which is how one dials within Russia and means nothing elsewhere. */
  | { readonly ok: false; readonly fault: 'unreadable' | 'national' };

/** What people put between digits. */
const SEPARATORS = /[\s\u00a0\u2009\u202f().\-\u2010-\u2015/]/g;

/** Reads a number as people type it: `+7 (926) 123-45-67`, `0049 30 1234567`. It needs its country's code: nothing is guessed. */
export function readTypedPhone(text: string): TypedPhone {
  const digits = text.trim().replace(SEPARATORS, '').replace(/^00/, '+');
  if (PHONE_NUMBER.test(digits)) return { ok: true, phone: digits };
  return { ok: false, fault: /^8\d{10}$/.test(digits) ? 'national' : 'unreadable' };
}
