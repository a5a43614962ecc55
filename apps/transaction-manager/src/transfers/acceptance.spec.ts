import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { AccountFacts, KnownAccounts } from '../accounts/account-facts.js';
import { circumstancesOf, refusalOf, refusedResultOf } from './acceptance.js';
import { account, cashAccount, conversion, request } from './testing/sample-transfers.js';

const LIMIT = 100_000n;

function known(...accounts: AccountFacts[]): KnownAccounts {
  return {
    byId: (id) => accounts.find(({ accountId }) => accountId === id),
    byNumber: (sought) => accounts.find(({ number }) => number === sought),
  };
}

describe('what is refused on arrival', () => {
  const anna = account();
  const boris = account();
  const cash = cashAccount();

  const refusal = (asked: ReturnType<typeof request>, ...accounts: AccountFacts[]) =>
    refusalOf(asked, circumstancesOf(asked, known(...accounts), LIMIT));

  it('is nothing about an ordinary transfer', () => {
    expect(refusal(request(anna, boris), anna, boris)).toBeUndefined();
  });

  it.each([
    ["somebody else's account", request(anna, boris, { customerId: boris.customerId! })],
    ["the bank's own account", request(cash, boris)],
    ["a customer's account as the counter's cash", request(anna, boris, { kind: 'cash_deposit' })],
    ['the cash of another currency', request(cash, boris, { kind: 'cash_deposit', currency: 'USD' })],
  ])('is debiting %s, as if it did not exist', (_, asked) => {
    expect(refusal(asked, anna, boris, cash)).toBe('account_not_found');
  });

  it('is paying the account itself', () => {
    expect(refusal(request(anna, anna), anna)).toBe('same_account');
  });

  it('is nothing about a conversion between accounts of its two currencies', () => {
    const yens = account({ currency: 'JPY' });
    expect(refusal(conversion(anna, yens), anna, yens)).toBeUndefined();
  });

  it.each([
    ['the sold currency', account({ currency: 'USD' }), account({ currency: 'JPY' }), { currency: 'EUR' }],
    [
      'the bought currency',
      anna,
      boris,
      { conversion: conversion(anna, account({ currency: 'JPY' })).conversion! },
    ],
  ])('is a conversion whose account has not %s', (_, debit, credit, more) => {
    expect(refusal(conversion(debit, credit, more), debit, credit)).toBe('currency_mismatch');
  });

  it('is a conversion above the limit, and what was refused before, whatever else', () => {
    const yens = account({ currency: 'JPY' });
    const large = conversion(anna, yens, { amountMinor: (LIMIT + 1n).toString() });
    expect(refusal(large, anna, yens)).toBe('limit_exceeded');
    expect(refusal({ ...large, refusal: 'quote_expired' }, anna, yens)).toBe('quote_expired');
  });

  it.each(['debit', 'credit'])('is a currency that the %s account has not', (side) => {
    const other = account({ currency: 'JPY', customerId: anna.customerId });
    const [debit, credit] = side === 'debit' ? [other, boris] : [anna, other];
    expect(refusal(request(debit, credit, { currency: 'EUR' }), debit, credit)).toBe('currency_mismatch');
  });

  it('is more than the limit, by the last unit', () => {
    expect(refusal(request(anna, boris, { amountMinor: '100000' }), anna, boris)).toBeUndefined();
    expect(refusal(request(anna, boris, { amountMinor: '100001' }), anna, boris)).toBe('limit_exceeded');
  });

  it('is no deposit, however large', () => {
    const asked = request(cash, boris, { kind: 'cash_deposit', amountMinor: '999999999999999' });
    expect(refusal(asked, cash, boris)).toBeUndefined();
  });

  it('tells nothing of an account to who has no part in it: whose it is comes first', () => {
    const asked = request(anna, anna, {
      customerId: randomUUID(),
      currency: 'USD',
      amountMinor: '999999999',
    });
    expect(refusal(asked, anna)).toBe('account_not_found');
  });

  it('finds an account whose id is written in capitals', () => {
    const asked = request(anna, boris, { debitAccountId: anna.accountId.toUpperCase() });
    expect(refusal({ ...asked, customerId: boris.customerId! }, anna, boris)).toBe('account_not_found');
  });

  it('is only what is over the limit while the copy is empty: the ledger has the last word on all else', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 15n - 1n }),
        fc.constantFrom('transfer' as const, 'cash_deposit' as const),
        fc.constantFrom('EUR', 'JPY', 'KWD'),
        fc.constantFrom(anna, boris, cash),
        fc.constantFrom(anna, boris, cash),
        (amount, kind, currency, debit, credit) => {
          const asked = request(debit, credit, { kind, currency, amountMinor: amount.toString() });
          const isOver = kind === 'transfer' && amount > LIMIT;
          expect(refusal(asked)).toBe(isOver ? 'limit_exceeded' : undefined);
        },
      ),
    );
  });

  it('does not grow with what is known of one side, unless that side is at fault', () => {
    const accounts = [anna, boris, cash, account({ currency: 'JPY' })];
    fc.assert(
      fc.property(fc.nat(3), fc.nat(3), fc.subarray(accounts), (from, to, some) => {
        const asked = request(accounts[from]!, accounts[to]!);
        // Whoever knows less refuses no more.
        if (refusal(asked, ...some)) expect(refusal(asked, ...accounts)).toBeDefined();
      }),
    );
  });
});

describe('a refusal', () => {
  it('reads like a result that the ledger never saw', () => {
    const asked = request(account(), account(), { reference: 'Rent' });
    const at = new Date('2026-10-01T12:00:01.000Z');
    expect(refusedResultOf(asked, 'same_account', at)).toEqual({
      ...asked,
      status: 'failed',
      reason: 'same_account',
      creditAccountId: null,
      creditCustomerId: null,
      endToEndId: null,
      decidedAt: '2026-10-01T12:00:01.000Z',
      entries: [],
      chain: null,
    });
  });
});
