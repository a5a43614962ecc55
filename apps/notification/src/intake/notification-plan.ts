import { categoryOf, OUTSIDE_CHANNELS, type OutsideChannel } from '@kopeck/contracts';
import { afterQuietHours } from '../preferences/quiet-hours.js';
import type { Audience } from './audience.js';
import { deliveryIdOf, type PersonalNews } from './news.js';

/** One message over one channel to one target. */
export interface PlannedDelivery {
  readonly deliveryId: string;
  readonly channel: OutsideChannel;
  /** Which webhook; null for the other channels. */
  readonly endpointId: string | null;
  readonly dueAt: Date;
}

export interface NotificationPlan {
  readonly news: PersonalNews;
  readonly isInApp: boolean;
  readonly deliveries: readonly PlannedDelivery[];
}

/** What was published before this moment is history: it's listed in the inbox and leaves the bank no more. */
export interface PlanningTime {
  readonly now: Date;
  readonly newsSince: Date;
}

/**
 * Where one person's news goes, by what they chose and how they can be reached. Quiet hours hold back mail, Telegram and SMS,
 * but never word of who is at somebody's account; webhooks are read by machines, which neither sleep nor mind small amounts.
 */
export function planOf(
  news: PersonalNews,
  audience: Audience,
  { now, newsSince }: PlanningTime,
): NotificationPlan {
  const { channels } = audience.preferences;
  const isInApp = channels[news.type].includes('in_app');
  if (new Date(news.occurredAt) < newsSince) return { news, isInApp, deliveries: [] };
  const isSmall = isBelowMinimum(news, audience);
  const wanted = OUTSIDE_CHANNELS.filter(
    (channel) => channels[news.type].includes(channel) && (channel === 'webhook' || !isSmall),
  );
  const patientDueAt = () => dueAtFor(news, audience, now);
  const deliveries = wanted.flatMap((channel) =>
    targetsOf(channel, news, audience).map((endpointId) => ({
      deliveryId: deliveryIdOf(news.notificationId, channel, endpointId),
      channel,
      endpointId,
      dueAt: channel === 'webhook' ? now : patientDueAt(),
    })),
  );
  return { news, isInApp, deliveries };
}

function dueAtFor({ type }: PersonalNews, { preferences }: Audience, now: Date): Date {
  if (categoryOf(type) === 'security') return now;
  return afterQuietHours(preferences.quietHours, preferences.timeZone, now);
}

/** One `null` for the one target that a person's channel has; none where it isn't set up. */
function targetsOf(channel: OutsideChannel, { type }: PersonalNews, audience: Audience): (string | null)[] {
  switch (channel) {
    case 'email':
      return [null];
    case 'telegram':
      return audience.hasTelegram ? [null] : [];
    case 'sms':
      return audience.hasPhone ? [null] : [];
    case 'webhook':
      return audience.webhooks
        .filter(({ types }) => types.length === 0 || types.includes(type))
        .map(({ endpointId }) => endpointId);
  }
}

/** Only money has a minimum, in each currency its own. */
function isBelowMinimum({ type, data }: PersonalNews, { preferences }: Audience): boolean {
  if (categoryOf(type) !== 'money' || typeof data.amountMinor !== 'string') return false;
  const minimum = preferences.minimumAmounts.find(({ currency }) => currency === data.currency);
  if (!minimum || !/^\d{1,20}$/.test(data.amountMinor)) return false;
  return BigInt(data.amountMinor) < BigInt(minimum.amountMinor);
}
