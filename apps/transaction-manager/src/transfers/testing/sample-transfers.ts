import { randomUUID } from 'node:crypto';
import {
  accountNumberOf,
  systemAccountIdOf,
  type AccountState,
  type ConversionTerms,
  type Quote,
  type TransferRequest,
  type TransferResult,
} from '@kopeck/contracts';
import type { AccountFacts } from '../../accounts/account-facts.js';

/** Samples for tests: right in all fields but those that the test is about. */

let serial = 7_000_000n;

export function account(more: Partial<AccountFacts> = {}): AccountFacts {
  return {
    accountId: randomUUID(),
    number: accountNumberOf(serial++),
    kind: 'customer',
    customerId: randomUUID(),
    currency: 'EUR',
    ...more,
  };
}

export function cashAccount(currency = 'EUR'): AccountFacts {
  return account({
    accountId: systemAccountIdOf('cash', currency),
    kind: 'cash',
    customerId: null,
    currency,
  });
}

export function stateOf(facts: AccountFacts, more: Partial<AccountState> = {}): AccountState {
  return { ...facts, status: 'active', revision: '1', ...more };
}

/** What `debit`'s owner would send to pay `credit`. */
export function request(
  debit: AccountFacts,
  credit: AccountFacts,
  more: Partial<TransferRequest> = {},
): TransferRequest {
  return {
    transferId: randomUUID(),
    requestId: randomUUID(),
    customerId: debit.customerId ?? randomUUID(),
    kind: 'transfer',
    debitAccountId: debit.accountId,
    creditAccountNumber: credit.number,
    amountMinor: '1250',
    currency: debit.currency,
    requestedAt: '2026-10-01T12:00:00.000Z',
    ...more,
  };
}

/** A request at a quote's terms: 12.50 of `debit`'s currency for 1,970 minor units of `credit`'s. */
export function conversion(
  debit: AccountFacts,
  credit: AccountFacts,
  more: Partial<TransferRequest> = {},
): TransferRequest {
  const quoteId = randomUUID();
  const quote = { quoteId, rate: '157.6000000000', markup: '0.005000' } as Quote;
  const terms: ConversionTerms = {
    quoteId,
    buyCurrency: credit.currency,
    buyMinor: '1970',
    positionMinor: '1980',
    revenueMinor: '9',
    roundingMinor: '1',
    quote,
  };
  return request(debit, credit, { kind: 'conversion', conversion: terms, ...more });
}

/** What the ledger publishes of a request; the entries don't matter here. */
export function resultOf(
  asked: TransferRequest,
  credit: AccountFacts | null,
  more: Partial<TransferResult> = {},
): TransferResult {
  return {
    transferId: asked.transferId,
    requestId: asked.requestId,
    customerId: asked.customerId,
    kind: asked.kind,
    status: 'completed',
    reason: null,
    debitAccountId: asked.debitAccountId,
    creditAccountNumber: asked.creditAccountNumber,
    creditAccountId: credit?.accountId ?? null,
    creditCustomerId: credit?.customerId ?? null,
    amountMinor: asked.amountMinor,
    currency: asked.currency,
    reference: asked.reference ?? null,
    endToEndId: asked.endToEndId ?? null,
    requestedAt: asked.requestedAt,
    decidedAt: '2026-10-01T12:00:01.000Z',
    ...(asked.conversion && { conversion: asked.conversion }),
    entries: [],
    chain: { chain: 0, sequence: '1', hash: 'h'.repeat(43), previousHash: 'p'.repeat(43) },
    ...more,
  };
}
