import { isOfferedCurrency } from '@kopeck/contracts';
import { MoneyDto } from '../documentation/money.documentation.js';
import { invalidRequest } from '../http/invalid-request.js';
import type { Fault } from '../http/problem.js';
import { offeredCurrencyFault } from '../rates/offered-currency.decorator.js';

/** What is sold for what, with one of the two amounts. */
export interface QuoteSides {
  readonly sellCurrency: string;
  readonly buyCurrency: string;
  readonly sellMinor?: string;
  readonly buyMinor?: string;
}

interface AskedSides {
  readonly sell?: MoneyDto | null;
  readonly buyCurrency?: string | null;
  readonly buy?: MoneyDto | null;
  readonly sellCurrency?: string | null;
}

/** @throws {Problem} `validation_failed` unless it is one amount and the other side's currency. */
export function quoteSidesOf(asked: AskedSides): QuoteSides {
  // `null` counts as absent.
  const [sell, buy] = [asked.sell ?? undefined, asked.buy ?? undefined];
  const [sellCurrency, buyCurrency] = [asked.sellCurrency ?? undefined, asked.buyCurrency ?? undefined];
  if ((sell === undefined) === (buy === undefined)) {
    throw invalidRequest([
      { detail: 'Send either sell with buyCurrency, or buy with sellCurrency', pointer: '#' },
    ]);
  }
  if (sell !== undefined) {
    refuse(faultsOf({ given: sell, field: 'sell', other: buyCurrency, idle: sellCurrency }));
    const { amountMinor, currency } = MoneyDto.toMoney(sell);
    return { sellCurrency: currency, buyCurrency: buyCurrency!, sellMinor: amountMinor.toString() };
  }
  refuse(faultsOf({ given: buy!, field: 'buy', other: sellCurrency, idle: buyCurrency }));
  const { amountMinor, currency } = MoneyDto.toMoney(buy!);
  return { sellCurrency: sellCurrency!, buyCurrency: currency, buyMinor: amountMinor.toString() };
}

interface OneSide {
  readonly given: MoneyDto;
  readonly field: 'sell' | 'buy';
  /** The other side's currency, which has to be there. */
  readonly other: string | undefined;
  /** This side's currency given once more, which may contradict the amount's. */
  readonly idle: string | undefined;
}

function faultsOf({ given, field, other, idle }: OneSide): Fault[] {
  const otherField = field === 'sell' ? 'buyCurrency' : 'sellCurrency';
  const faults: Fault[] = [];
  if (!isOfferedCurrency(given.currency)) {
    faults.push({ detail: offeredCurrencyFault('currency'), pointer: `#/${field}/currency` });
  }
  if (other === undefined)
    faults.push({ detail: offeredCurrencyFault(otherField), pointer: `#/${otherField}` });
  if (other === given.currency) {
    faults.push({
      detail: `${otherField} must be another currency than ${other}`,
      pointer: `#/${otherField}`,
    });
  }
  if (idle !== undefined) {
    const detail = `${field}Currency follows from ${field}: leave it out`;
    faults.push({ detail, pointer: `#/${field}Currency` });
  }
  return faults;
}

function refuse(faults: readonly Fault[]): void {
  if (faults.length > 0) throw invalidRequest(faults);
}
