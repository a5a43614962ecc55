import { LRUCache } from 'lru-cache';

/**
 * Making a formatter takes a hundred times as long as using it, and a page uses dozens: each is made once. There are as many
 * as there are ways in which pages write, languages and time zones; all of them are few.
 *
 * Options are known by their object, so each must be a constant.
 */
const dates = new Map<object, Map<string, Intl.DateTimeFormat>>();
const numbers = new Map<object, Map<string, Intl.NumberFormat>>();
const relatives = new Map<object, Map<string, Intl.RelativeTimeFormat>>();

const PLAIN = {};
const BY_WORDS = { numeric: 'auto' } as const;

/** Time zones are whole quarters of an hour apart, so a quarter is one day everywhere. */
const QUARTER_MS = 15 * 60_000;
const MAX_KEPT_DAYS = 10_000;
const days = new LRUCache<string, string>({ max: MAX_KEPT_DAYS });

export function dateFormat(
  locale: string,
  timeZone: string,
  options: Intl.DateTimeFormatOptions,
): Intl.DateTimeFormat {
  const make = () => new Intl.DateTimeFormat(locale, { timeZone, ...options });
  return remembered(dates, options, `${locale} ${timeZone}`, make);
}

/**
 * A day in words; a history has the same one again and again.
 *
 * @param options of days and longer: nothing that changes within a quarter of an hour.
 */
export function writtenDay(
  locale: string,
  timeZone: string,
  options: Intl.DateTimeFormatOptions & { readonly name: string },
  moment: string,
): string {
  const key = `${locale} ${timeZone} ${options.name} ${Math.floor(Date.parse(moment) / QUARTER_MS)}`;
  const known = days.get(key);
  if (known !== undefined) return known;
  const written = dateFormat(locale, timeZone, options).format(new Date(moment));
  days.set(key, written);
  return written;
}

export function numberFormat(locale: string, options: Intl.NumberFormatOptions = PLAIN): Intl.NumberFormat {
  return remembered(numbers, options, locale, () => new Intl.NumberFormat(locale, options));
}

export function relativeTimeFormat(locale: string): Intl.RelativeTimeFormat {
  return remembered(relatives, BY_WORDS, locale, () => new Intl.RelativeTimeFormat(locale, BY_WORDS));
}

function remembered<Format>(
  formats: Map<object, Map<string, Format>>,
  options: object,
  key: string,
  make: () => Format,
): Format {
  const known = formats.get(options)?.get(key);
  if (known) return known;
  const made = make();
  const same = formats.get(options) ?? new Map<string, Format>();
  formats.set(options, same.set(key, made));
  return made;
}
