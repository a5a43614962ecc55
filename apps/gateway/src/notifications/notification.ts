import type { InboxItem, NotificationCategory, NotificationData, NotificationType } from '@kopeck/contracts';

/** A line of the inbox as REST and the live stream show it to whose inbox it is. */
export interface Notification {
  readonly id: string;
  readonly ordinal: string;
  readonly type: NotificationType;
  readonly category: NotificationCategory;
  readonly title: string;
  readonly text: string;
  readonly link: string | null;
  readonly data: NotificationData;
  readonly occurredAt: string;
  readonly readAt: string | null;
}

export function notificationOf(item: InboxItem): Notification {
  const { notificationId, ordinal, type, category, title, text, link, data, occurredAt, readAt } = item;
  return { id: notificationId, ordinal, type, category, title, text, link, data, occurredAt, readAt };
}
