import type { ContactsView, DeliveryView, OutsideChannel } from '@kopeck/contracts';

/** What went wrong last on one channel. */
export interface ChannelProblem {
  readonly deliveryId: string;
  readonly error: string;
  readonly at: string;
  /** Something was delivered there since. */
  readonly isOver: boolean;
}

export type ChannelProblems = Partial<Record<OutsideChannel, ChannelProblem>>;

export interface ContactFacts {
  /** Absent while nobody can read them. */
  readonly contacts: ContactsView | undefined;
  readonly problems: ChannelProblems;
}

/** @param deliveries of one channel, newest first. */
export function lastProblemOf(deliveries: readonly DeliveryView[]): ChannelProblem | undefined {
  const index = deliveries.findIndex(({ lastError, status }) => lastError !== null && status !== 'delivered');
  const failed = deliveries[index];
  if (!failed || failed.lastError === null) return undefined;
  return {
    deliveryId: failed.deliveryId,
    error: failed.lastError,
    at: failed.endedAt ?? failed.createdAt,
    isOver: deliveries.slice(0, index).some(({ status }) => status === 'delivered'),
  };
}
