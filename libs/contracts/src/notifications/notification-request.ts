import { IsIn, IsObject, IsOptional, IsUUID, Matches, MaxLength } from 'class-validator';
import { INSTANT } from '../messages/patterns.js';

/** What people can be told that isn't a message of another topic already. */
export const NOTIFICATION_TYPES = ['rate_alert', 'order_triggered', 'order_expired', 'feed_problem'] as const;
export type NotificationType = (typeof NOTIFICATION_TYPES)[number];

/** `notifications.requests`: any service asks for somebody to be told something. */
export class NotificationRequest {
  /** Name-based on what happened: the same event asks for the same notification, however often. */
  @IsUUID() notificationId: string;
  @IsIn(NOTIFICATION_TYPES) type: NotificationType;
  /** Whom; absent: all operators. */
  @IsOptional() @IsUUID() customerId?: string;
  /** What the templates need: ids, amounts in minor units, rates, currencies; no secrets, no full account numbers. */
  @IsObject() data: Record<string, string | number | boolean | null>;
  @MaxLength(40) @Matches(INSTANT) occurredAt: string;
}
