import { randomInt, randomUUID } from 'node:crypto';
import {
  accountNumberOf,
  type AccountState,
  type ConversionTerms,
  type CustomerState,
  type RateChange,
  type TransferResult,
} from '@kopeck/contracts';

/** One account and whose it is, as results name it. */
export interface SampleAccount {
  readonly accountId: string;
  readonly number: string;
  readonly customerId: string | null;
  readonly currency: string;
}

export function sampleAccount(customerId: string | null = randomUUID(), currency = 'EUR'): SampleAccount {
  return { accountId: randomUUID(), number: accountNumberOf(BigInt(randomInt(1e11))), customerId, currency };
}

/** A transfer that was just completed. */
export function resultOf(
  from: SampleAccount,
  to: SampleAccount,
  more: Partial<TransferResult> = {},
): TransferResult {
  const amountMinor = more.amountMinor ?? '1230';
  const entry = ({ accountId, number, customerId, currency }: SampleAccount, signed: string) => ({
    accountId,
    accountNumber: number,
    customerId,
    currency,
    amountMinor: signed,
    balanceAfterMinor: '100000',
    accountVersion: '1',
  });
  return {
    transferId: randomUUID(),
    requestId: randomUUID(),
    customerId: from.customerId ?? randomUUID(),
    kind: 'transfer',
    status: 'completed',
    reason: null,
    debitAccountId: from.accountId,
    creditAccountNumber: to.number,
    creditAccountId: to.accountId,
    creditCustomerId: to.customerId,
    amountMinor,
    currency: from.currency,
    reference: 'Rent',
    endToEndId: null,
    requestedAt: new Date().toISOString(),
    decidedAt: new Date().toISOString(),
    entries: [entry(from, `-${amountMinor}`), entry(to, more.conversion?.buyMinor ?? amountMinor)],
    chain: { chain: 0, sequence: '1', hash: 'h', previousHash: 'p' },
    ...more,
  };
}

/** 12.30 of what is sold become 1,130.25 of what is bought. */
export function termsOf(buyCurrency: string): ConversionTerms {
  const quote = { rate: '91.8902439024' } as ConversionTerms['quote'];
  return {
    quoteId: randomUUID(),
    buyCurrency,
    buyMinor: '113025',
    positionMinor: '113593',
    revenueMinor: '567',
    roundingMinor: '1',
    quote,
  };
}

export function stateOf(account: SampleAccount, more: Partial<AccountState> = {}): AccountState {
  const { accountId, number, customerId, currency } = account;
  const kind = customerId ? 'customer' : 'cash';
  return { accountId, number, kind, customerId, currency, status: 'active', revision: '1', ...more };
}

export function personOf(customerId: string, more: Partial<CustomerState> = {}): CustomerState {
  return {
    customerId,
    email: `${customerId}@example.com`,
    name: 'Anna',
    role: 'customer',
    language: 'en',
    revision: '1',
    ...more,
  };
}

export function changeOf(
  base: string,
  oldRate: string,
  newRate: string,
  more: Partial<RateChange> = {},
): RateChange {
  return {
    source: 'bank-of-russia',
    asOf: '2026-11-26',
    base,
    quote: 'RUB',
    oldRate,
    newRate,
    isOverridden: false,
    changedAt: new Date().toISOString(),
    ...more,
  };
}
