import { MAX_AMOUNT_MINOR, minorUnitExponent } from '@kopeck/contracts';

/** Why an amount that somebody typed can't be taken. */
export type TypedAmountFault =
  'missing' | 'unreadable' | 'ambiguous' | 'too_many_decimals' | 'zero' | 'negative' | 'too_large';

export type TypedAmount =
  | { readonly ok: true; readonly amountMinor: bigint }
  | { readonly ok: false; readonly fault: TypedAmountFault };

/** Everything that people put between thousands: plain, narrow and no-break spaces, apostrophes. */
const SPACES = /(?<=\d)[\s\u00a0\u2009\u202f'’](?=\d)/g;
const SIGNS: Readonly<Record<string, string>> = { RUB: '₽', USD: '$', EUR: '€', GBP: '£', KZT: '₸' };
/** Longer than any amount with its separators; what is longer isn't looked at. */
const MAX_LENGTH = 60;

/**
 * Reads what people type: `1 234,56`, `1234.56`, `1,234.56`, `12`. A separator that may be a decimal point or a
 * thousands' one (`1,234`) is refused: guessing what somebody meant is how money goes missing.
 */
export function readTypedAmount(text: string, currency: string): TypedAmount {
  const typed = withoutCurrency(text.trim(), currency);
  if (typed === '') return refused('missing');
  if (typed.length > MAX_LENGTH) return refused('unreadable');
  if (/^[-\u2212]/.test(typed)) return refused('negative');
  const spaced = typed.replace(SPACES, ' ');
  if (!/^\d[\d .,]*$/.test(spaced)) return refused('unreadable');
  const parts = partsOf(spaced);
  if (typeof parts === 'string') return refused(parts);
  return amountOf(parts, minorUnitExponent(currency));
}

interface Parts {
  readonly whole: string;
  readonly decimals: string;
  /** The one separator, between groups that could as well be thousands. */
  readonly isAmbiguous: boolean;
}

function partsOf(text: string): Parts | 'unreadable' {
  const separators = text.match(/[.,]/g) ?? [];
  const kinds = new Set(separators);
  const spaces = text.includes(' ');
  if (separators.length === 0) return wholeOf(text, ' ');
  if (kinds.size === 1 && separators.length === 1) {
    const [whole = '', decimals = ''] = text.split(separators[0]!);
    const groups = wholeOf(whole, ' ');
    if (groups === 'unreadable' || !/^\d+$/.test(decimals)) return 'unreadable';
    const isAmbiguous = !spaces && decimals.length === 3 && /^[1-9]\d{0,2}$/.test(whole);
    return { whole: groups.whole, decimals, isAmbiguous };
  }
  // Beside spaces, or three kinds of separators: nobody writes numbers like that.
  if (spaces) return 'unreadable';
  if (kinds.size === 1) return wholeOf(text, separators[0]!);
  return mixed(text, separators);
}

/** `1,234.56` or `1.234,56`: the last separator is the point, and there is one of it. */
function mixed(text: string, separators: readonly string[]): Parts | 'unreadable' {
  const point = separators.at(-1)!;
  if (separators.filter((separator) => separator === point).length > 1) return 'unreadable';
  const [whole = '', decimals = ''] = text.split(point);
  const groups = wholeOf(whole, point === '.' ? ',' : '.');
  if (groups === 'unreadable' || !/^\d+$/.test(decimals)) return 'unreadable';
  return { whole: groups.whole, decimals, isAmbiguous: false };
}

/** Digits, or groups of three after the first. */
function wholeOf(text: string, separator: string): Parts | 'unreadable' {
  const groups = text.split(separator);
  const isGrouped = groups.length === 1 || (/^\d{1,3}$/.test(groups[0]!) && groups.slice(1).every(isGroup));
  if (!isGrouped || !/^\d+$/.test(groups.join(''))) return 'unreadable';
  return { whole: groups.join(''), decimals: '', isAmbiguous: false };
}

function isGroup(digits: string): boolean {
  return /^\d{3}$/.test(digits);
}

function amountOf({ whole, decimals, isAmbiguous }: Parts, exponent: number): TypedAmount {
  if (isAmbiguous) return refused('ambiguous');
  if (decimals.length > exponent) return refused('too_many_decimals');
  const amountMinor = BigInt(whole + decimals.padEnd(exponent, '0'));
  if (amountMinor === 0n) return refused('zero');
  return amountMinor > MAX_AMOUNT_MINOR ? refused('too_large') : { ok: true, amountMinor };
}

/** The currency's own code or sign before or after the digits says nothing new; another one is left to be refused. */
function withoutCurrency(text: string, currency: string): string {
  for (const name of [currency, currency.toLowerCase(), SIGNS[currency]]) {
    if (name === undefined) continue;
    if (text.endsWith(name)) return text.slice(0, -name.length).trim();
    if (text.startsWith(name)) return text.slice(name.length).trim();
  }
  return text;
}

function refused(fault: TypedAmountFault): TypedAmount {
  return { ok: false, fault };
}
