import { RATE_DECIMALS, type NotificationData, type RateChange } from '@kopeck/contracts';
import type { News } from './news.js';

/** One change, told by itself to one who follows the currency. */
export function rateNewsOf(change: RateChange, customerId: string): News {
  return {
    eventId: `rate/${change.source}/${change.base}/${change.changedAt}/${change.newRate ?? ''}`,
    customerId,
    type: 'rate_change',
    data: rateDataOf(change),
    occurredAt: change.changedAt,
  };
}

export function rateDataOf(change: RateChange): NotificationData {
  const { source, base, quote, oldRate, newRate, asOf, isOverridden } = change;
  return {
    source,
    base,
    quote,
    oldRate,
    newRate,
    percent: percentBetween(oldRate, newRate),
    asOf,
    isOverridden,
  };
}

const SCALE = 10n ** BigInt(RATE_DECIMALS);

/** By how much a rate moved, in percent with two decimals and a minus sign if it fell; null where it came or went. */
export function percentBetween(oldRate: string | null, newRate: string | null): string | null {
  if (oldRate === null || newRate === null) return null;
  const [before, now] = [scaled(oldRate), scaled(newRate)];
  if (before === undefined || now === undefined || before === 0n) return null;
  const difference = now - before;
  const size = difference < 0n ? -difference : difference;
  const hundredths = (size * 10_000n + before / 2n) / before;
  const sign = difference < 0n && hundredths > 0n ? '-' : '';
  return `${sign}${hundredths / 100n}.${(hundredths % 100n).toString().padStart(2, '0')}`;
}

function scaled(rate: string): bigint | undefined {
  const match = /^(\d{1,20})(?:\.(\d{1,20}))?$/.exec(rate);
  if (!match) return undefined;
  const decimals = (match[2] ?? '').slice(0, RATE_DECIMALS).padEnd(RATE_DECIMALS, '0');
  return BigInt(match[1]!) * SCALE + BigInt(decimals);
}
