import type { DeliveryAttempt, DeliveryDetails, DeliveryView } from '@kopeck/contracts';
import { addressOf } from '../http/address.js';

/** A notification on its way to one target, as REST shows it. */
export type Delivery = Omit<DeliveryView, 'deliveryId'> & { readonly id: string };

export interface DeliveryWithHistory extends Delivery {
  readonly history: readonly DeliveryAttempt[];
}

export function addressOfDelivery(deliveryId: string): string {
  return addressOf(`notifications/deliveries/${deliveryId}`);
}

export function deliveryOf(view: DeliveryView): Delivery {
  return {
    id: view.deliveryId,
    notificationId: view.notificationId,
    type: view.type,
    channel: view.channel,
    endpointId: view.endpointId,
    target: view.target,
    status: view.status,
    attempts: view.attempts,
    lastError: view.lastError,
    createdAt: view.createdAt,
    dueAt: view.dueAt,
    endedAt: view.endedAt,
  };
}

export function deliveryWithHistoryOf(details: DeliveryDetails): DeliveryWithHistory {
  return { ...deliveryOf(details), history: details.history };
}
