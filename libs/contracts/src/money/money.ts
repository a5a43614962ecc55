import { isIsoCurrency, minorUnitExponent } from './currency.js';

/** An amount of one currency in its minor units (kopecks, cents, yen). */
export interface Money {
  readonly amountMinor: bigint;
  readonly currency: string;
}

/** Largest amount of one transfer, in minor units: 10^15 − 1 leaves a bigint balance room for 9,000 such transfers. */
export const MAX_AMOUNT_MINOR = 999_999_999_999_999n;

export type AmountFault =
  | { readonly code: 'unknown_currency'; readonly detail: string }
  | { readonly code: 'invalid_amount'; readonly detail: string };

export type ParsedAmount =
  { readonly ok: true; readonly money: Money } | { readonly ok: false; readonly fault: AmountFault };

const DECIMAL = /^(0|[1-9]\d{0,15})(?:\.(\d+))?$/;

/**
 * Reads a positive decimal string ("1234.50") into minor units. The number of decimals must be exactly the currency's:
 * "12.3" EUR and "12.30" JPY are refused, because guessing what a client meant is how money goes missing.
 */
export function parseAmount(amount: unknown, currency: unknown): ParsedAmount {
  if (typeof currency !== 'string' || !isIsoCurrency(currency)) {
    return fault('unknown_currency', `currency must be an ISO 4217 code such as "EUR"`);
  }
  const exponent = minorUnitExponent(currency);
  if (typeof amount !== 'string') {
    return fault(
      'invalid_amount',
      `amount must be a string such as "${sample(exponent)}", not a ${typeof amount}`,
    );
  }
  const match = DECIMAL.exec(amount);
  const decimals = match?.[2]?.length ?? 0;
  if (!match || decimals !== exponent) {
    return fault(
      'invalid_amount',
      `amount must be a decimal string with exactly ${exponent} decimals for ${currency}, such as "${sample(exponent)}"`,
    );
  }
  const amountMinor = BigInt(`${match[1]}${match[2] ?? ''}`);
  if (amountMinor === 0n) return fault('invalid_amount', 'amount must be greater than zero');
  if (amountMinor > MAX_AMOUNT_MINOR) {
    return fault('invalid_amount', `amount must be at most ${formatAmount(MAX_AMOUNT_MINOR, currency)}`);
  }
  return { ok: true, money: { amountMinor, currency } };
}

/** Minor units to the REST form: 123450n EUR → "1234.50"; negative amounts keep a leading hyphen-minus. */
export function formatAmount(amountMinor: bigint, currency: string): string {
  const exponent = minorUnitExponent(currency);
  const sign = amountMinor < 0n ? '-' : '';
  const digits = (amountMinor < 0n ? -amountMinor : amountMinor).toString().padStart(exponent + 1, '0');
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

function fault(code: AmountFault['code'], detail: string): ParsedAmount {
  return { ok: false, fault: { code, detail } };
}

function sample(exponent: number): string {
  return exponent === 0 ? '1234' : `1234.${'50'.padEnd(exponent, '0').slice(0, exponent)}`;
}
