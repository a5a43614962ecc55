import { uuidV5, type NotificationData, type NotificationType } from '@kopeck/contracts';

/** Something that happened, and whom it concerns. */
export interface Happening {
  /** Names what happened: the same event gives the same, however often it comes. */
  readonly eventId: string;
  readonly customerId: string;
}

/** Somebody is to be told something: what every event becomes, wherever it came from. */
export interface News extends Happening {
  /** Whom; {@link OPERATORS} for all of them. */
  readonly customerId: string;
  readonly type: NotificationType;
  /** Ids, minor units as digits, last digits of account numbers; no secret and no full account number. */
  readonly data: NotificationData;
  /** RFC 3339, UTC. */
  readonly occurredAt: string;
}

/** Instead of a customer: every operator that is known when the news is stored. */
export const OPERATORS = 'operators';

/** News for one person. */
export interface PersonalNews extends News {
  readonly notificationId: string;
}

const NOTIFICATIONS = '8f6d2a41-3c7b-4e59-a1d8-5b0e94c7f211';
const DELIVERIES = 'c25e7b90-1d4f-4a86-93fb-7e18d06a4c22';

/** One event tells one person once: this id is the notification's primary key. */
export function notificationIdOf(eventId: string, customerId: string): string {
  return uuidV5(NOTIFICATIONS, `${eventId}\0${customerId}`);
}

/** @param endpointId which webhook; null for the other channels. */
export function deliveryIdOf(notificationId: string, channel: string, endpointId: string | null): string {
  return uuidV5(DELIVERIES, `${notificationId}\0${channel}\0${endpointId ?? ''}`);
}

/** News as it concerns each person, each notification once, in the order in which it came. */
export function personalNewsOf(news: readonly News[], operatorIds: readonly string[]): PersonalNews[] {
  const personal = new Map<string, PersonalNews>();
  for (const each of news) {
    const customerIds = each.customerId === OPERATORS ? operatorIds : [each.customerId];
    for (const customerId of customerIds) {
      const notificationId = notificationIdOf(each.eventId, customerId);
      if (!personal.has(notificationId))
        personal.set(notificationId, { ...each, customerId, notificationId });
    }
  }
  return [...personal.values()];
}
