import type { NotificationData, NotificationType, TransferResult } from '@kopeck/contracts';
import { lastDigitsOf, withoutAccountNumbers } from '../templates/plain-text.js';
import type { News } from './news.js';

/**
 * Whom a result is told to. The bank's own accounts belong to nobody, and the operator who booked cash knows it. A result
 * that comes again gives the same ids.
 */
export function transferNewsOf(result: TransferResult): News[] {
  if (result.status === 'failed') return result.kind === 'cash_deposit' ? [] : [refused(result)];
  const sender = result.kind === 'cash_deposit' ? null : result.customerId;
  const recipient = creditOf(result)?.customerId ?? result.creditCustomerId;
  if (result.kind === 'conversion' && isSame(sender, recipient)) return [converted(result)];
  const news: News[] = [];
  if (sender) news.push(sent(result, isSame(sender, recipient)));
  if (recipient && !isSame(sender, recipient)) news.push(received(result, recipient));
  return news;
}

function refused(result: TransferResult): News {
  return newsOf(result, result.customerId, 'transfer_refused', {
    accountId: result.debitAccountId,
    counterparty: lastDigitsOf(result.creditAccountNumber),
    reason: result.reason,
    ...soldAmountOf(result),
  });
}

function sent(result: TransferResult, isInternal: boolean): News {
  return newsOf(result, result.customerId, 'transfer_sent', {
    accountId: result.debitAccountId,
    account: debitDigitsOf(result),
    counterparty: lastDigitsOf(result.creditAccountNumber),
    isInternal,
    ...soldAmountOf(result),
    ...boughtAmountOf(result),
  });
}

function received(result: TransferResult, customerId: string): News {
  const isCash = result.kind === 'cash_deposit';
  return newsOf(result, customerId, 'transfer_received', {
    accountId: result.creditAccountId,
    account: lastDigitsOf(result.creditAccountNumber),
    counterparty: isCash ? null : debitDigitsOf(result),
    ...arrivedAmountOf(result),
  });
}

function converted(result: TransferResult): News {
  return newsOf(result, result.customerId, 'conversion_completed', {
    accountId: result.debitAccountId,
    account: debitDigitsOf(result),
    creditAccountId: result.creditAccountId,
    counterparty: lastDigitsOf(result.creditAccountNumber),
    ...soldAmountOf(result),
    ...boughtAmountOf(result),
  });
}

function newsOf(
  result: TransferResult,
  customerId: string,
  type: NotificationType,
  data: NotificationData,
): News {
  const transferId = result.transferId.toLowerCase();
  const reference = result.reference === null ? null : withoutAccountNumbers(result.reference);
  return {
    eventId: `transfer/${transferId}`,
    customerId: customerId.toLowerCase(),
    type,
    data: { transferId, kind: result.kind, reference, ...data },
    occurredAt: result.decidedAt,
  };
}

function soldAmountOf({ amountMinor, currency }: TransferResult): NotificationData {
  return { amountMinor, currency };
}

function boughtAmountOf({ conversion }: TransferResult): NotificationData {
  if (!conversion) return {};
  const { buyMinor, buyCurrency, quote } = conversion;
  return { boughtMinor: buyMinor, boughtCurrency: buyCurrency, rate: quote.rate };
}

/** Of a conversion the recipient sees what arrives, not what was sold for it. */
function arrivedAmountOf({ amountMinor, currency, conversion }: TransferResult): NotificationData {
  if (!conversion) return { amountMinor, currency };
  return { amountMinor: conversion.buyMinor, currency: conversion.buyCurrency };
}

function creditOf({ entries, creditAccountId }: TransferResult) {
  return entries.find(({ accountId }) => accountId === creditAccountId);
}

/** Only the postings know the number of the debited account. */
function debitDigitsOf({ entries, debitAccountId }: TransferResult): string | null {
  const debit = entries.find(({ accountId }) => accountId === debitAccountId);
  return debit ? lastDigitsOf(debit.accountNumber) : null;
}

function isSame(one: string | null, other: string | null): boolean {
  return one !== null && one.toLowerCase() === other?.toLowerCase();
}
