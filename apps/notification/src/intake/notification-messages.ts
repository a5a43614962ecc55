import {
  TOPICS,
  type DeliveryDue,
  type InboxPush,
  type InboxPushes,
  type OutsideChannel,
} from '@kopeck/contracts';
import { partitionOf, type Outgoing } from '@kopeck/kafka';
import { isListed, itemOf, type StoredNotification } from '../inbox/inbox-item.js';
import type { Reader } from '../templates/words.js';
import type { PlacedNotification } from './inbox-ordinals.js';

/** Some 60 kB. */
const MAX_PACKED = 100;

const DELIVERY_TOPICS: Readonly<Record<OutsideChannel, string>> = {
  email: TOPICS.notificationEmails.name,
  webhook: TOPICS.notificationWebhooks.name,
  telegram: TOPICS.notificationTelegrams.name,
  sms: TOPICS.notificationTexts.name,
};

/** For open pages; nothing where it has no place in the inbox. */
export function pushOf(stored: StoredNotification, reader: Reader): InboxPush | undefined {
  if (!isListed(stored)) return undefined;
  return { customerId: stored.customerId, item: itemOf(stored, reader) };
}

/**
 * To the gateways. A message costs more than what is in it, so those of one partition go together: a person's stay in their
 * order, because all of theirs lie in one.
 */
export function packed(pushes: readonly InboxPush[]): Outgoing[] {
  const { name: topic, partitions } = TOPICS.notificationInbox;
  const together = Array.from({ length: partitions }, (): InboxPush[] => []);
  for (const push of pushes) together[partitionOf(push.customerId, partitions)]!.push(push);
  return together.flatMap((all) =>
    partsOf(all, MAX_PACKED).map((part): Outgoing => {
      const value: InboxPushes = { pushes: part };
      return { topic, key: part[0]!.customerId, value, type: 'kopeck.notifications.stored.v1' };
    }),
  );
}

function partsOf<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, part) => items.slice(part * size, (part + 1) * size));
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
