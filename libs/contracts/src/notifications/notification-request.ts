import { IsIn, IsObject, IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { INSTANT } from '../messages/patterns.js';
import { NOTIFICATION_TYPES, type NotificationType } from './notification-types.js';

export type NotificationData = Record<string, string | number | boolean | null>;

/**
 * `notifications.requests`: any service asks for somebody to be told something. A service whose news has no type of its own
 * publishes an `announcement`, whose words it brings along: `titleEn`, `textEn`, `titleRu`, `textRu`.
 */
export class NotificationRequest {
  /** Name-based on what happened: the same event asks for the same notification, however often. */
  @IsUUID() notificationId: string;
  @IsIn(NOTIFICATION_TYPES) type: NotificationType;
  /** Whom; absent: all operators. */
  @IsOptional() @IsUUID() customerId?: string;
  /** What the templates need: ids, amounts in minor units, rates, currencies; no secrets, no full account numbers. */
  @IsObject() data: NotificationData;
  @MaxLength(40) @Matches(INSTANT) occurredAt: string;
}
