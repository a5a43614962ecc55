import type { NotificationPlan } from './notification-plan.js';

/** A plan with its place in the inbox. */
export interface PlacedNotification extends NotificationPlan {
  /** Null where the person doesn't want this type there. */
  readonly ordinal: bigint | null;
}

export interface PlacedBatch {
  readonly placed: readonly PlacedNotification[];
  /** Of those whose inbox grew. */
  readonly lastOrdinals: ReadonlyMap<string, bigint>;
}

/**
 * Gives places in the order of the plans, each person's counted on from their last one without gaps. Only behind the locks of
 * these inboxes, and only for what isn't stored yet.
 */
export function placed(plans: readonly NotificationPlan[], before: ReadonlyMap<string, bigint>): PlacedBatch {
  const lastOrdinals = new Map<string, bigint>();
  const all = plans.map((plan) => {
    if (!plan.isInApp) return { ...plan, ordinal: null };
    const { customerId } = plan.news;
    const ordinal = (lastOrdinals.get(customerId) ?? before.get(customerId) ?? 0n) + 1n;
    lastOrdinals.set(customerId, ordinal);
    return { ...plan, ordinal };
  });
  return { placed: all, lastOrdinals };
}
