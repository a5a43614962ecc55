import type { EntryPosted, TransferResult } from '@kopeck/contracts';
import { amountOf, type Amount } from '../transfers/amount.js';
import { transferOfResult, transferOfView, type Transfer } from '../transfers/transfer.js';

/** What an account of the reader's holds after a transfer. */
export interface BalanceAfter {
  readonly accountId: string;
  readonly balance: Amount;
  /** Counts the account's entries: whoever has seen a higher one has newer news. */
  readonly version: string;
}

/** The transfer as REST shows it to the same party, and what it made of the party's own accounts. */
export interface TransferEvent extends Transfer {
  readonly balances: readonly BalanceAfter[];
}

/** Who is told of a result: who asked for the transfer, and who got something of it. */
export function partiesOf({ customerId, creditCustomerId, status }: TransferResult): string[] {
  const isReceived = status === 'completed' && creditCustomerId !== null && creditCustomerId !== customerId;
  return isReceived ? [customerId, creditCustomerId] : [customerId];
}

/** @param customerId one of the parties. */
export function transferEventOf(result: TransferResult, customerId: string): TransferEvent {
  const transfer = result.customerId === customerId ? transferOfResult(result) : receivedOf(result);
  return { ...transfer, balances: balancesOf(result.entries, customerId) };
}

/** Who receives sees what the transaction-manager shows them: what came and at what rate, not how the sender came to it. */
function receivedOf({ conversion, ...result }: TransferResult): Transfer {
  return transferOfView(
    {
      ...result,
      direction: 'incoming',
      conversion: conversion
        ? {
            buyCurrency: conversion.buyCurrency,
            buyMinor: conversion.buyMinor,
            rate: conversion.quote.rate,
            quote: null,
          }
        : null,
      settledAt: result.decidedAt,
    },
    'parties',
  );
}

/** After the last entry of each account: a transfer may touch one twice. */
function balancesOf(entries: readonly EntryPosted[], customerId: string): BalanceAfter[] {
  const last = new Map<string, EntryPosted>();
  for (const entry of entries) {
    const before = last.get(entry.accountId);
    if (entry.customerId !== customerId) continue;
    if (!before || BigInt(before.accountVersion) < BigInt(entry.accountVersion)) {
      last.set(entry.accountId, entry);
    }
  }
  return [...last.values()].map((entry) => ({
    accountId: entry.accountId,
    balance: amountOf(entry.balanceAfterMinor, entry.currency),
    version: entry.accountVersion,
  }));
}
