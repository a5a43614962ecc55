import { accountNumberOf, type AccountView, type EntryView } from '@kopeck/contracts';

/** Anna's accounts and what moved on them, for tests of pages. */
export const ANNA_ID = '11111111-1111-4111-8111-111111111111';
export const EUROS_ID = '22222222-2222-4222-8222-222222222222';
export const ROUBLES_ID = '33333333-3333-4333-8333-333333333333';
export const BORIS_NUMBER = accountNumberOf(87_654_321n);

export function accountOf(facts: Partial<AccountView> = {}): AccountView {
  return {
    accountId: EUROS_ID,
    number: accountNumberOf(12_345_678n),
    kind: 'customer',
    customerId: ANNA_ID,
    name: 'Holidays',
    currency: 'EUR',
    status: 'active',
    statusReason: null,
    balanceMinor: '12000',
    version: '7',
    revision: '3',
    openedAt: '2026-03-01T09:30:00.000Z',
    ...facts,
  };
}

export const EUROS = accountOf();
export const ROUBLES = accountOf({
  accountId: ROUBLES_ID,
  number: accountNumberOf(55_555_555n),
  name: 'Everyday',
  currency: 'RUB',
  balanceMinor: '500000',
});

export function entryOf(facts: Partial<EntryView> = {}): EntryView {
  return {
    transferId: '44444444-4444-4444-8444-444444444444',
    kind: 'transfer',
    amountMinor: '-1230',
    balanceAfterMinor: '12000',
    currency: 'EUR',
    accountVersion: '7',
    counterpartyNumber: BORIS_NUMBER,
    counterpartyIsBank: false,
    reference: 'Rent for March',
    postedAt: '2026-09-30T09:30:00.000Z',
    ...facts,
  };
}
