import { formatAmount } from '@kopeck/contracts';

/** Money as REST writes it: a decimal string with exactly the currency's decimals. */
export interface Amount {
  readonly amount: string;
  readonly currency: string;
}

/** @param amountMinor minor units as messages carry them. */
export function amountOf(amountMinor: string, currency: string): Amount {
  return { amount: formatAmount(BigInt(amountMinor), currency), currency };
}
