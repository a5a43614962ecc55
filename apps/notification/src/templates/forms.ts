import { formatAmount, isIsoCurrency, type Language } from '@kopeck/contracts';

/** How one language writes numbers and moments. */
interface NumberForm {
  readonly group: string;
  readonly decimal: string;
  readonly percent: string;
  readonly locale: string;
  /** Instead of the code, where everybody knows it and it means one currency only. */
  readonly symbols: Readonly<Record<string, string>>;
}

const NO_BREAK = '\u00a0';
/** The true one: a hyphen is shorter than a plus and breaks off at a line's end. */
const MINUS = '\u2212';
/** For what should be a number and isn't. */
const UNKNOWN = '—';

const FORMS: Readonly<Record<Language, NumberForm>> = {
  en: { group: ',', decimal: '.', percent: '%', locale: 'en-GB', symbols: {} },
  ru: {
    group: NO_BREAK,
    decimal: ',',
    percent: `${NO_BREAK}%`,
    locale: 'ru-RU',
    symbols: { RUB: '₽', USD: '$', EUR: '€', GBP: '£', KZT: '₸' },
  },
};

/** Minor units as people read them: `1,234.50 EUR`, `1 234,50 ₽`. */
export function amountIn(language: Language, amountMinor: unknown, currency: unknown): string {
  if (typeof currency !== 'string' || !isIsoCurrency(currency)) return UNKNOWN;
  if (typeof amountMinor !== 'string' || !/^-?\d{1,20}$/.test(amountMinor)) return UNKNOWN;
  const number = grouped(language, formatAmount(BigInt(amountMinor), currency));
  return `${number}${NO_BREAK}${FORMS[language].symbols[currency] ?? currency}`;
}

/** A decimal without the zeros that say nothing: `92.4071000000` → `92.4071`. */
export function rateIn(language: Language, rate: unknown): string {
  if (typeof rate !== 'string' || !/^\d{1,20}(\.\d{1,20})?$/.test(rate)) return UNKNOWN;
  return grouped(language, rate.includes('.') ? rate.replace(/\.?0+$/, '') : rate);
}

/** With its sign: `+1.25%`. */
export function percentIn(language: Language, percent: unknown): string {
  if (typeof percent !== 'string' || !/^-?\d{1,20}(\.\d{1,20})?$/.test(percent)) return UNKNOWN;
  const sign = percent.startsWith('-') ? '' : '+';
  return `${sign}${grouped(language, percent)}${FORMS[language].percent}`;
}

/** A moment on the reader's clock, with the clock's name: they may be travelling. */
export function momentIn(language: Language, timeZone: string, moment: unknown): string {
  const date = typeof moment === 'string' ? new Date(moment) : undefined;
  if (!date || Number.isNaN(date.getTime())) return UNKNOWN;
  return momentFormat(FORMS[language].locale, timeZone).format(date);
}

/** `2026-11-26` as the language writes days; a day has no time zone. */
export function dayIn(language: Language, day: unknown): string {
  const date = typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) ? new Date(`${day}T00:00:00Z`) : null;
  if (!date || Number.isNaN(date.getTime())) return UNKNOWN;
  return date.toLocaleDateString(FORMS[language].locale, { dateStyle: 'medium', timeZone: 'UTC' });
}

function grouped(language: Language, decimal: string): string {
  const { group, decimal: point } = FORMS[language];
  const sign = decimal.startsWith('-') ? MINUS : '';
  const [whole = '', fraction] = decimal.replace('-', '').split('.');
  const parts = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return `${sign}${parts}${fraction === undefined ? '' : `${point}${fraction}`}`;
}

/** Making one costs more than a hundred uses. There are some six hundred zones; whoever sends more gets new ones each time. */
const MAX_FORMATS = 1_500;
const formats = new Map<string, Intl.DateTimeFormat>();

function momentFormat(locale: string, timeZone: string): Intl.DateTimeFormat {
  const name = `${locale} ${timeZone}`;
  const known = formats.get(name);
  if (known) return known;
  const made = newFormat(locale, timeZone);
  if (formats.size < MAX_FORMATS) formats.set(name, made);
  return made;
}

function newFormat(locale: string, timeZone: string): Intl.DateTimeFormat {
  const form = {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
  } as const;
  try {
    return new Intl.DateTimeFormat(locale, { ...form, timeZone });
  } catch {
    return new Intl.DateTimeFormat(locale, { ...form, timeZone: 'UTC' });
  }
}
