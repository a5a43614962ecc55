import { IsIn, IsUUID } from 'class-validator';
import {
  OUTSIDE_CHANNELS,
  type NotificationCategory,
  type NotificationType,
  type OutsideChannel,
} from './notification-types.js';
import type { NotificationData } from './notification-request.js';

/** One line of somebody's inbox, in words of the language they chose. */
export interface InboxItem {
  readonly notificationId: string;
  /** Counts one person's inbox from 1 without gaps: what `Last-Event-ID` names, and what puts live pushes in order. */
  readonly ordinal: string;
  readonly type: NotificationType;
  readonly category: NotificationCategory;
  readonly title: string;
  readonly text: string;
  /** Path of the page that shows more, ids only, such as `/transfers/<id>`; null where there is none. */
  readonly link: string | null;
  readonly data: NotificationData;
  readonly occurredAt: string;
  readonly readAt: string | null;
}

/** Something is new in somebody's inbox; every gateway hears of it and pushes it to open pages. */
export interface InboxPush {
  readonly customerId: string;
  readonly item: InboxItem;
}

/** `notifications.inbox`: several people's, one person's in their order. They lie where their keys do. */
export interface InboxPushes {
  readonly pushes: readonly InboxPush[];
}

/** `notifications.inbox`: somebody has read; their other pages show it too. */
export interface InboxRead {
  readonly customerId: string;
  /** Of the whole inbox, counted up to 1,000. */
  readonly unreadCount: number;
}

export type InboxChange = InboxPushes | InboxRead;

/**
 * `notifications.<channel>`: a delivery is due at once. A hint only: the delivery itself is a row, so a hint that is lost or
 * comes twice changes nothing but when it's looked at.
 */
export class DeliveryDue {
  @IsUUID() deliveryId: string;
  @IsIn(OUTSIDE_CHANNELS) channel: OutsideChannel;
}
