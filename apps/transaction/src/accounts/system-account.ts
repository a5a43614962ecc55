import {
  accountNumberOf,
  SYSTEM_ACCOUNT_KINDS,
  systemAccountIdOf,
  type SystemAccountKind,
} from '@kopeck/contracts';

/** The bank's own accounts: where money comes from and goes to, so that every transfer has two sides. */
export interface SystemAccount {
  readonly accountId: string;
  readonly number: string;
  readonly kind: SystemAccountKind;
  readonly name: string;
  readonly currency: string;
}

/** Serials below this one are the bank's; customers' are drawn from here on. */
export const FIRST_CUSTOMER_SERIAL = 1_000_000n;

/** More than the 26³ currency codes there can be, so that kinds don't meet. */
const SERIALS_PER_KIND = 100_000;

const NAMES: Readonly<Record<SystemAccountKind, string>> = {
  cash: 'Cash',
  fx_position: 'FX position',
  revenue: 'Revenue',
  rounding: 'Rounding',
};

/** One account of each kind in a currency. Ids and numbers follow from both, so every database has the same ones. */
export function systemAccountsIn(currency: string): SystemAccount[] {
  return SYSTEM_ACCOUNT_KINDS.map((kind) => ({
    accountId: systemAccountIdOf(kind, currency),
    number: accountNumberOf(serialOf(kind, currency)),
    kind,
    name: `${NAMES[kind]} ${currency}`,
    currency,
  }));
}

/** The code's letters as digits of base 26: adding a currency moves nobody's number. */
function serialOf(kind: SystemAccountKind, currency: string): bigint {
  const code = [...currency].reduce((value, letter) => value * 26 + letter.charCodeAt(0) - 65, 0);
  return BigInt(SYSTEM_ACCOUNT_KINDS.indexOf(kind) * SERIALS_PER_KIND + code);
}
