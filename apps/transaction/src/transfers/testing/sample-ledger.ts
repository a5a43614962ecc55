import { randomUUID } from 'node:crypto';
import { accountNumberOf, systemAccountIdOf, type ConversionTerms, type Quote } from '@kopeck/contracts';
import type { Instruction } from '../instruction.js';
import type { LedgerAccount } from '../ledger-account.js';

/** Samples for tests: an account and an instruction, right in all fields but those that the test is about. */

let serial = 5_000_000n;

export function account(more: Partial<LedgerAccount> = {}): LedgerAccount {
  return {
    accountId: randomUUID(),
    number: accountNumberOf(serial++),
    kind: 'customer',
    customerId: randomUUID(),
    currency: 'EUR',
    status: 'active',
    balanceMinor: 0n,
    floorMinor: 0n,
    version: 0n,
    ...more,
  };
}

export function cashAccount(currency = 'EUR'): LedgerAccount {
  const accountId = systemAccountIdOf('cash', currency);
  return account({ accountId, kind: 'cash', customerId: null, currency, floorMinor: null });
}

/** Where conversions between these currencies are booked. */
export function bankAccounts(...currencies: string[]): LedgerAccount[] {
  return currencies.flatMap((currency) =>
    (['fx_position', 'revenue', 'rounding'] as const).map((kind) =>
      account({
        accountId: systemAccountIdOf(kind, currency),
        kind,
        customerId: null,
        currency,
        floorMinor: null,
      }),
    ),
  );
}

/** Terms that add up, whatever the amounts. */
export function termsOf(
  more: Partial<Pick<ConversionTerms, 'buyCurrency' | 'buyMinor' | 'revenueMinor' | 'roundingMinor'>> = {},
): ConversionTerms {
  const quoteId = randomUUID();
  const { buyMinor = '15700', revenueMinor = '0', roundingMinor = '0', buyCurrency = 'JPY' } = more;
  const positionMinor = (BigInt(buyMinor) + BigInt(revenueMinor) + BigInt(roundingMinor)).toString();
  const quote = { quoteId, midRate: '157.8000000000', rate: '157.0110000000' } as Quote;
  return { quoteId, buyCurrency, buyMinor, positionMinor, revenueMinor, roundingMinor, quote };
}

/** What `debit`'s owner would send to pay `credit`. */
export function instruction(
  debit: LedgerAccount,
  credit: LedgerAccount,
  more: Partial<Instruction> = {},
): Instruction {
  return {
    transferId: randomUUID(),
    requestId: randomUUID(),
    customerId: debit.customerId ?? randomUUID(),
    kind: debit.kind === 'cash' ? 'cash_deposit' : 'transfer',
    debitAccountId: debit.accountId,
    creditAccountNumber: credit.number,
    amountMinor: 100n,
    currency: debit.currency,
    reference: 'Rent for May',
    endToEndId: null,
    requestedAt: '2026-10-01T12:00:00.000Z',
    conversion: null,
    refusal: null,
    ...more,
  };
}
