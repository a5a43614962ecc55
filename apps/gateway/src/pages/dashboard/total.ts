import { minorUnitExponent, type AccountView, type RateOrigin, type RateView } from '@kopeck/contracts';
import { RATE_DECIMALS } from '@kopeck/contracts';
import { amountOf, type Amount } from '../../transfers/amount.js';

/** All accounts together, in one currency. */
export interface Total {
  readonly amount: Amount;
  /** Currencies that have no rate: they are not in it. */
  readonly without: readonly string[];
  /** Of the rate that was confirmed longest ago; undefined where none was needed. */
  readonly origin: RateOrigin | undefined;
}

/** Decimals that any currency may have; all are brought to them before they are added. */
const FINEST = 3;

/**
 * Adds exactly and rounds once, at the end, half up. It is what the money is worth at the middle, not what anybody would get
 * for it.
 *
 * @param rates of other currencies in `currency`.
 */
export function totalOf(
  accounts: readonly AccountView[],
  currency: string,
  rates: readonly RateView[],
): Total {
  const byBase = new Map(rates.filter(({ quote }) => quote === currency).map((rate) => [rate.base, rate]));
  const held = accounts.filter(({ balanceMinor }) => balanceMinor !== '0');
  const foreign = new Set(held.map((account) => account.currency).filter((code) => code !== currency));
  const used = [...foreign].map((code) => byBase.get(code)).filter((rate) => rate !== undefined);
  const sum = held.reduce((total, account) => total + worthOf(account, currency, byBase), 0n);
  const unit = 10n ** BigInt(RATE_DECIMALS + FINEST - minorUnitExponent(currency));
  return {
    amount: amountOf(String((sum + unit / 2n) / unit), currency),
    without: [...foreign].filter((code) => !byBase.has(code)),
    origin: used.sort((a, b) => a.confirmedAt.localeCompare(b.confirmedAt))[0],
  };
}

/** In the finest units times the rates' own scale. */
function worthOf(account: AccountView, currency: string, rates: ReadonlyMap<string, RateView>): bigint {
  const finest = BigInt(account.balanceMinor) * 10n ** BigInt(FINEST - minorUnitExponent(account.currency));
  if (account.currency === currency) return finest * 10n ** BigInt(RATE_DECIMALS);
  const rate = rates.get(account.currency);
  return rate ? finest * scaled(rate.rate) : 0n;
}

function scaled(rate: string): bigint {
  const [whole = '0', decimals = ''] = rate.split('.');
  return BigInt(whole + decimals.padEnd(RATE_DECIMALS, '0'));
}
