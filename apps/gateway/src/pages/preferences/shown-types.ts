import {
  NOTIFICATION_CATEGORIES,
  type NotificationCategory,
  type NotificationType,
  type Role,
} from '@kopeck/contracts';

/** Rows of one category. */
export interface ShownCategory {
  readonly category: NotificationCategory;
  readonly types: readonly NotificationType[];
}

/** Operators have no accounts and no money; customers hear nothing of how the bank is run. */
const SHOWN: Readonly<Record<Role, readonly NotificationCategory[]>> = {
  customer: ['money', 'rates', 'account', 'security', 'news'],
  operator: ['operations', 'security', 'news'],
};

export function shownCategories(role: Role): ShownCategory[] {
  return SHOWN[role].map((category) => ({ category, types: NOTIFICATION_CATEGORIES[category] }));
}
