import type { NotificationData, NotificationType, OutsideChannel } from '@kopeck/contracts';
import type { RetrySchedule } from '../deliveries/retry-schedule.js';

/** One notification that is due at one target. */
export interface DueDelivery {
  /** Stays the same over tries and resends: how a target recognises what it has already. */
  readonly deliveryId: string;
  readonly notificationId: string;
  readonly customerId: string;
  /** For a webhook: which one. */
  readonly endpointId: string | null;
  readonly type: NotificationType | 'test';
  readonly data: NotificationData;
  readonly occurredAt: Date;
  readonly createdAt: Date;
  /** Tries so far, since it was created or sent again by hand. */
  readonly attempts: number;
}

/** What became of one try. A channel never throws for what a target does. */
export type Outcome =
  | { readonly kind: 'delivered'; readonly responseCode: number | null }
  | {
      readonly kind: 'failed';
      readonly responseCode: number | null;
      /** What went wrong, in words that name no secret. */
      readonly error: string;
      /** Trying again would end the same way. */
      readonly isFinal: boolean;
      /** The target itself is unwell, so that others of its deliveries would fail as well. */
      readonly isTargetAtFault: boolean;
      /** As the target asked. */
      readonly retryAfterMs?: number;
    };

export type Failure = Extract<Outcome, { kind: 'failed' }>;

/** Whether and where a delivery can go now. */
export type Readiness =
  | {
      readonly kind: 'ready';
      /** What is unwell together: its breaker's name. */
      readonly target: string;
      /** What is used by so many at once: the host of a webhook. */
      readonly lane: string;
      /** Ends when the signal says so. */
      readonly send: (signal: AbortSignal) => Promise<Outcome>;
    }
  /** Its target went away. */
  | { readonly kind: 'gone'; readonly reason: string }
  /** Something that it needs is not there yet. */
  | { readonly kind: 'later' };

/** A way out of the bank: one file that implements this, and one row in `channels.ts`. */
export interface Channel {
  readonly name: OutsideChannel;
  /** What to set where it isn't offered; null where it is. Deliveries over a channel that isn't offered are dropped. */
  readonly missing: string | null;
  /** Tries under way at once, in all and in one lane. */
  readonly atOnce: number;
  readonly atOncePerLane: number;
  readonly schedule: RetrySchedule;
  /** Looks all of them up in as many statements as for one. */
  prepare(deliveries: readonly DueDelivery[]): Promise<ReadonlyMap<string, Readiness>>;
  /** Called when one was given up. */
  gaveUp?(delivery: DueDelivery): Promise<void>;
}

export const delivered = (responseCode: number | null): Outcome => ({ kind: 'delivered', responseCode });

/** A failure that may pass and that says nothing of other deliveries, unless told otherwise. */
export function failed(error: string, more: Partial<Omit<Failure, 'kind' | 'error'>> = {}): Failure {
  return { kind: 'failed', error, responseCode: null, isFinal: false, isTargetAtFault: false, ...more };
}
