import { TOPICS, type DeliveryDue, type InboxPush, type OutsideChannel } from '@kopeck/contracts';
import type { Outgoing } from '@kopeck/kafka';
import { isListed, itemOf, type StoredNotification } from '../inbox/inbox-item.js';
import type { Reader } from '../templates/words.js';
import type { PlacedNotification } from './inbox-ordinals.js';

const DELIVERY_TOPICS: Readonly<Record<OutsideChannel, string>> = {
  email: TOPICS.notificationEmails.name,
  webhook: TOPICS.notificationWebhooks.name,
  telegram: TOPICS.notificationTelegrams.name,
  sms: TOPICS.notificationTexts.name,
};

/** To open pages: one message for what has a place in the inbox, none for the rest. */
export function pushesOf(stored: StoredNotification, reader: Reader): Outgoing[] {
  if (!isListed(stored)) return [];
  const { customerId, notificationId } = stored;
  const value: InboxPush = { customerId, item: itemOf(stored, reader) };
  return [
    {
      topic: TOPICS.notificationInbox.name,
      key: customerId,
      value,
      type: 'kopeck.notification.stored.v1',
      id: notificationId,
    },
  ];
}

/** To the channels: what is due now; what waits for the morning is found by their own clocks. */
export function hintsOf({ news, deliveries }: PlacedNotification, now: Date): Outgoing[] {
  return deliveries
    .filter(({ dueAt }) => dueAt <= now)
    .map(({ deliveryId, channel }) => {
      const value: DeliveryDue = { deliveryId, channel };
      return {
        topic: DELIVERY_TOPICS[channel],
        key: news.customerId,
        value,
        type: 'kopeck.delivery.due.v1',
        id: deliveryId,
      };
    });
}
