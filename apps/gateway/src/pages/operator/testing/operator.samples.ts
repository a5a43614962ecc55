import {
  ACCOUNT_QUESTIONS,
  accountNumberOf,
  CUSTOMER_QUESTIONS,
  refusal,
  type AccountView,
  type CustomerView,
} from '@kopeck/contracts';
import type { ServicesUnderTest } from '../../../testing/gateway-under-test.js';

export const OPERATOR_ID = '33333333-3333-4333-8333-333333333333';

export const ANNA: CustomerView = {
  customerId: '11111111-1111-4111-8111-111111111111',
  email: 'anna@example.com',
  name: 'Anna <Sergeevna>',
  role: 'customer',
  language: 'ru',
  registeredAt: '2026-03-01T09:30:00.000Z',
};

export const ACCOUNT: AccountView = {
  accountId: '22222222-2222-4222-8222-222222222222',
  number: accountNumberOf(12_345_678n),
  kind: 'customer',
  customerId: ANNA.customerId,
  name: 'Main',
  currency: 'EUR',
  status: 'active',
  statusReason: null,
  balanceMinor: '123450',
  version: '7',
  revision: '1',
  openedAt: '2026-03-01T09:30:00.000Z',
};

/** A right number that nobody has. */
export const UNKNOWN_NUMBER = accountNumberOf(87_654_321n);

/** The account and its owner, as the services would tell of them. */
export function answersOf(account: AccountView = ACCOUNT): ServicesUnderTest['answers'] {
  const missing = refusal('not_found', 'no');
  return {
    [ACCOUNT_QUESTIONS.find.pattern]: ({ number }: { number: string }) =>
      number === account.number ? account : missing,
    [ACCOUNT_QUESTIONS.read.pattern]: ({ accountId }: { accountId: string }) =>
      accountId === account.accountId ? account : missing,
    [ACCOUNT_QUESTIONS.entries.pattern]: () => ({ data: [], nextCursor: null }),
    [CUSTOMER_QUESTIONS.read.pattern]: ({ customerId }: { customerId: string }) =>
      customerId === ANNA.customerId ? ANNA : missing,
  };
}
