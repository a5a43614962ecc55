import type { NotificationData } from '@kopeck/contracts';
import { amountIn, dayIn, momentIn, percentIn, rateIn } from './forms.js';
import { plainText, shortened } from './plain-text.js';
import type { Reader } from './reader.js';

const REFERENCE_MAX_LENGTH = 60;
const TEXT_MAX_LENGTH = 1_000;
const MAX_LISTED = 100;

/**
 * What a notification knows, in the reader's form. Data comes from other services, and from versions of them that are yet to
 * come: whatever is missing or strange becomes a dash or an empty text, never an error, for the news itself must get through.
 */
export class Facts {
  constructor(
    private readonly data: NotificationData,
    private readonly reader: Reader,
  ) {}

  has(name: string): boolean {
    const value = this.data[name];
    return value !== undefined && value !== null && value !== '' && value !== false;
  }

  text(name: string): string {
    const value = this.data[name];
    if (typeof value === 'number') return String(value);
    return typeof value === 'string' ? shortened(plainText(value), TEXT_MAX_LENGTH) : '';
  }

  /** What the sender wrote, short enough to be quoted. */
  reference(): string {
    return shortened(this.text('reference'), REFERENCE_MAX_LENGTH);
  }

  amount(minorName = 'amountMinor', currencyName = 'currency'): string {
    return amountIn(this.reader.language, this.data[minorName], this.data[currencyName]);
  }

  rate(name = 'rate'): string {
    return rateIn(this.reader.language, this.data[name]);
  }

  percent(): string {
    return percentIn(this.reader.language, this.data.percent);
  }

  moment(name = 'at'): string {
    return momentIn(this.reader.language, this.reader.timeZone, this.data[name]);
  }

  day(name = 'asOf'): string {
    return dayIn(this.reader.language, this.data[name]);
  }

  /** A list that stands in one value as JSON, since data is flat. */
  list(name: string): Facts[] {
    return parsedList(this.data[name])
      .slice(0, MAX_LISTED)
      .filter((item) => typeof item === 'object' && item !== null)
      .map((item) => new Facts(item as NotificationData, this.reader));
  }
}

function parsedList(json: unknown): unknown[] {
  if (typeof json !== 'string') return [];
  try {
    const value: unknown = JSON.parse(json);
    return Array.isArray(value) ? value : [];
  } catch {
    return [];
  }
}
