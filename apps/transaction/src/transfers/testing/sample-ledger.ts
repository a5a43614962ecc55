import { randomUUID } from 'node:crypto';
import { accountNumberOf, systemAccountIdOf } from '@kopeck/contracts';
import type { Instruction, LedgerAccount } from '../transfer.js';

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
    ...more,
  };
}
