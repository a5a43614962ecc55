import { systemAccountIdOf, type ConversionTerms } from '@kopeck/contracts';
import type { Instruction } from './instruction.js';
import type { LedgerAccount } from './ledger-account.js';

/** What one account gets (above zero) or gives, in minor units of its currency. */
export interface Posting {
  readonly account: LedgerAccount;
  readonly amountMinor: bigint;
}

/** The bank's accounts that an instruction needs besides the customers'. */
export function bankAccountIdsOf({ currency, conversion }: Instruction): string[] {
  if (!conversion) return [];
  const { buyCurrency } = conversion;
  return [
    systemAccountIdOf('fx_position', currency),
    systemAccountIdOf('fx_position', buyCurrency),
    systemAccountIdOf('revenue', buyCurrency),
    systemAccountIdOf('rounding', buyCurrency),
  ];
}

/**
 * The lines of a conversion: the customer sells to the bank's position in the one currency, and its position in the other
 * one pays the recipient, the margin to revenue and what whole units could not show to rounding. Σ = 0 in both.
 *
 * @returns undefined when the bank has no such accounts.
 */
export function conversionPostings(
  { amountMinor }: Instruction,
  terms: ConversionTerms,
  [debit, credit]: readonly [LedgerAccount, LedgerAccount],
  bank: readonly (LedgerAccount | undefined)[],
): Posting[] | undefined {
  const [sold, bought, revenue, rounding] = bank;
  if (!sold || !bought || !revenue || !rounding) return undefined;
  const postings = [
    { account: debit, amountMinor: -amountMinor },
    { account: sold, amountMinor },
    { account: bought, amountMinor: -BigInt(terms.positionMinor) },
    { account: credit, amountMinor: BigInt(terms.buyMinor) },
    { account: revenue, amountMinor: BigInt(terms.revenueMinor) },
    { account: rounding, amountMinor: BigInt(terms.roundingMinor) },
  ];
  return postings.filter((posting) => posting.amountMinor !== 0n);
}
