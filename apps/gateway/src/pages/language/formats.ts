import { formatAccountNumber, formatAmount, type Language } from '@kopeck/contracts';
import type { Amount } from '../../transfers/amount.js';
import { dateFormat, numberFormat, relativeTimeFormat, writtenDay } from './formatters.js';

/** The true minus sign; a hyphen is shorter and sits too low beside digits. */
export const MINUS = '\u2212';
const NO_BREAK_SPACE = '\u00a0';

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', ru: 'ru-RU' };
const GROUPS: Readonly<Record<Language, string>> = { en: ',', ru: NO_BREAK_SPACE };
const POINTS: Readonly<Record<Language, string>> = { en: '.', ru: ',' };
/** Signs that mean one currency; the yen's means two, and an abbreviation beside the code would say nothing more. */
const SIGNS: Readonly<Record<string, string>> = { RUB: '₽', USD: '$', EUR: '€', GBP: '£', KZT: '₸' };

const DAY = { name: 'day', day: 'numeric', month: 'long', year: 'numeric' } as const;
const SHORT_DAY = { name: 'short day', day: 'numeric', month: 'short' } as const;
const DAY_KEY = { name: 'day key', year: 'numeric', month: '2-digit', day: '2-digit' } as const;
const TIME = { hour: '2-digit', minute: '2-digit' } as const;
const TIME_WITH_SECONDS = { ...TIME, second: '2-digit', timeZoneName: 'short' } as const;
const CLOCK = { ...TIME, second: '2-digit', fractionalSecondDigits: 3 } as const;
const MOMENT = {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
} as const;

const RATE = { minimumFractionDigits: 4, maximumFractionDigits: 4 } as const;
const SMALL_RATE = { maximumSignificantDigits: 6 } as const;
const PLAIN_RATE = { maximumSignificantDigits: 5 } as const;
const COMPACT = { notation: 'compact', maximumSignificantDigits: 4 } as const;
const PERCENT = { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;
const SIGNED_PERCENT = { ...PERCENT, signDisplay: 'exceptZero' } as const;

/** An amount in the pieces it is set in: minor units lighter than the rest. */
export interface MoneyParts {
  readonly sign: '' | '+' | typeof MINUS;
  readonly whole: string;
  /** With its point; empty where the currency has none. */
  readonly minor: string;
  readonly currency: string;
}

/** Numbers, money and time as a language writes them. */
export class Formats {
  readonly locale: string;
  /** The same for those that write the same. */
  readonly kind: string;

  constructor(
    private readonly language: Language,
    private readonly timeZone: string,
  ) {
    this.locale = LOCALES[language];
    this.kind = `${language} ${timeZone}`;
  }

  /** @param isSigned with a plus for what comes in: for movements, not for balances. */
  money({ amount, currency }: Amount, isSigned = false): MoneyParts {
    const isNegative = amount.startsWith('-');
    const [whole = '0', minor] = (isNegative ? amount.slice(1) : amount).split('.');
    const plus = isSigned && !/^[0.]+$/.test(amount) ? '+' : '';
    return {
      sign: isNegative ? MINUS : plus,
      whole: this.grouped(whole),
      minor: minor === undefined ? '' : POINTS[this.language] + minor,
      currency: this.language === 'ru' ? (SIGNS[currency] ?? currency) : currency,
    };
  }

  /** In one line, for sentences: `−1,234.50 EUR`, `1 234,50 €`. Never broken. */
  amount(amount: Amount, isSigned = false): string {
    const { sign, whole, minor, currency } = this.money(amount, isSigned);
    return `${sign}${whole}${minor}${NO_BREAK_SPACE}${currency}`;
  }

  amountOfMinor(amountMinor: bigint | string, currency: string): string {
    return this.amount({ amount: formatAmount(BigInt(amountMinor), currency), currency });
  }

  /** A rate as people compare them: four decimals, or six digits that count where it is below one. */
  rate(rate: string): string {
    const options = Number(rate) >= 1 ? RATE : SMALL_RATE;
    return numberFormat(this.locale, options).format(rate as Intl.StringNumericLiteral);
  }

  /** For the scale of a chart: as many decimals as it takes, and no more. */
  plainRate(value: number): string {
    return numberFormat(this.locale, PLAIN_RATE).format(value);
  }

  /** @param share `0.005` is half a percent. */
  percent(share: number, isSigned = false): string {
    const options = isSigned ? SIGNED_PERCENT : PERCENT;
    return numberFormat(this.locale, options).format(share).replace('-', MINUS);
  }

  number(value: number): string {
    return numberFormat(this.locale).format(value);
  }

  /** For the scale of a chart: `150K`, `150 тыс.` */
  compact(value: number): string {
    return numberFormat(this.locale, COMPACT).format(value);
  }

  /** In groups of four, between which it may be broken. */
  accountNumber(number: string): string {
    return formatAccountNumber(number);
  }

  /** `30 September 2026` */
  day(moment: string): string {
    return writtenDay(this.locale, this.timeZone, DAY, moment);
  }

  /** `30 Sep` */
  shortDay(moment: string): string {
    return writtenDay(this.locale, this.timeZone, SHORT_DAY, moment);
  }

  /** `12:30` */
  time(moment: string): string {
    return this.dated(moment, TIME);
  }

  /** `12:30:05 UTC` */
  timeWithSeconds(moment: string): string {
    return this.dated(moment, TIME_WITH_SECONDS);
  }

  /** `12:30:05.012`: for what happens within a second */
  clock(moment: string): string {
    return this.dated(moment, CLOCK);
  }

  /** `30 September 2026 at 12:30:05 UTC` */
  moment(moment: string): string {
    return this.dated(moment, MOMENT);
  }

  /** The day in the person's time zone, `YYYY-MM-DD`: for grouping and for date fields. */
  dayKey(moment: string): string {
    return writtenDay('en-CA', this.timeZone, DAY_KEY, moment);
  }

  /** `5 minutes ago`; in the largest unit that fits. */
  ago(moment: string, nowMs: number): string {
    const seconds = Math.round((Date.parse(moment) - nowMs) / 1_000);
    const units = [
      ['day', 86_400],
      ['hour', 3_600],
      ['minute', 60],
    ] as const;
    const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
    const relative = relativeTimeFormat(this.locale);
    return relative.format(Math.trunc(seconds / size), unit);
  }

  private dated(moment: string, options: Intl.DateTimeFormatOptions): string {
    return dateFormat(this.locale, this.timeZone, options).format(new Date(moment));
  }

  private grouped(digits: string): string {
    return digits.replace(/\B(?=(\d{3})+$)/g, GROUPS[this.language]);
  }
}
