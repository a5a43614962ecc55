/**
 * What people can be told, and over which channels: the rows and columns of everybody's preferences. A type or a channel is
 * for ever, as every field here is.
 */

/** Types by what they are about; a person switches each on and off for each channel. */
export const NOTIFICATION_CATEGORIES = {
  money: ['transfer_sent', 'transfer_received', 'transfer_refused', 'conversion_completed'],
  rates: ['rate_alert', 'rate_change', 'order_triggered', 'order_expired'],
  account: ['account_opened', 'account_frozen', 'account_unfrozen'],
  security: ['sign_in', 'sessions_ended', 'channel_changed'],
  news: ['announcement'],
  /** Only operators get these. */
  operations: ['feed_problem'],
} as const;

export type NotificationCategory = keyof typeof NOTIFICATION_CATEGORIES;
export type NotificationType = (typeof NOTIFICATION_CATEGORIES)[NotificationCategory][number];

export const NOTIFICATION_TYPES: readonly NotificationType[] = Object.values(NOTIFICATION_CATEGORIES).flat();

const CATEGORY_OF = Object.fromEntries(
  Object.entries(NOTIFICATION_CATEGORIES).flatMap(([category, types]) =>
    types.map((type) => [type, category]),
  ),
) as Record<NotificationType, NotificationCategory>;

export function categoryOf(type: NotificationType): NotificationCategory {
  return CATEGORY_OF[type];
}

/** `in_app`: the inbox, with live push. The others leave the bank, each over a topic and a consumer group of its own. */
export const CHANNELS = ['in_app', 'email', 'webhook', 'telegram', 'sms'] as const;
export type ChannelName = (typeof CHANNELS)[number];

export const OUTSIDE_CHANNELS = [
  'email',
  'webhook',
  'telegram',
  'sms',
] as const satisfies readonly ChannelName[];
export type OutsideChannel = (typeof OUTSIDE_CHANNELS)[number];

/** Which channels tell of a type to somebody who never chose. Amounts of money go out only where they are wanted. */
export const DEFAULT_CHANNELS: Readonly<Record<NotificationType, readonly ChannelName[]>> = {
  transfer_sent: ['in_app', 'webhook', 'telegram'],
  transfer_received: ['in_app', 'webhook', 'telegram'],
  transfer_refused: ['in_app', 'webhook', 'telegram'],
  conversion_completed: ['in_app', 'webhook', 'telegram'],
  rate_alert: ['in_app', 'email', 'webhook', 'telegram', 'sms'],
  rate_change: ['in_app', 'webhook'],
  order_triggered: ['in_app', 'email', 'webhook', 'telegram'],
  order_expired: ['in_app', 'email', 'webhook', 'telegram'],
  account_opened: ['in_app', 'webhook'],
  account_frozen: ['in_app', 'email', 'webhook', 'telegram', 'sms'],
  account_unfrozen: ['in_app', 'email', 'webhook', 'telegram'],
  sign_in: ['in_app', 'email', 'telegram'],
  sessions_ended: ['in_app', 'email', 'telegram'],
  channel_changed: ['in_app', 'email', 'telegram'],
  announcement: ['in_app', 'email'],
  feed_problem: ['in_app', 'email', 'telegram'],
};
