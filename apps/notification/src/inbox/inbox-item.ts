import { categoryOf, type InboxItem, type NotificationData, type NotificationType } from '@kopeck/contracts';
import { wordsOf, type Reader } from '../templates/words.js';

/** A notification as it's stored. */
export interface StoredNotification {
  readonly notificationId: string;
  readonly customerId: string;
  /** Null where the person doesn't want this type in the inbox. */
  readonly ordinal: string | null;
  readonly type: NotificationType;
  readonly data: NotificationData;
  readonly occurredAt: string;
  readonly readAt: string | null;
}

/** One that has a place in the inbox. */
export interface ListedNotification extends StoredNotification {
  readonly ordinal: string;
}

export function isListed(stored: StoredNotification): stored is ListedNotification {
  return stored.ordinal !== null;
}

/** In the words of the language that the reader has chosen now, whenever it was stored. */
export function itemOf(stored: ListedNotification, reader: Reader): InboxItem {
  const { notificationId, ordinal, type, data, occurredAt, readAt } = stored;
  const { title, text, link } = wordsOf(type, data, reader);
  return {
    notificationId,
    ordinal,
    type,
    category: categoryOf(type),
    title,
    text,
    link,
    data,
    occurredAt,
    readAt,
  };
}

/** A row of `notification.notification`. */
export interface NotificationRow {
  readonly id: string;
  readonly customer_id: string;
  readonly ordinal: string | null;
  readonly type: NotificationType;
  readonly data: NotificationData;
  readonly occurred_at: Date;
  readonly read_at: Date | null;
}

export const NOTIFICATION_COLUMNS = 'id, customer_id, ordinal, type, data, occurred_at, read_at';

export function storedOf(row: NotificationRow): StoredNotification {
  return {
    notificationId: row.id,
    customerId: row.customer_id,
    ordinal: row.ordinal,
    type: row.type,
    data: row.data,
    occurredAt: row.occurred_at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
  };
}
