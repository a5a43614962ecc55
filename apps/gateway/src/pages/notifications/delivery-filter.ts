import {
  DELIVERY_STATUSES,
  OUTSIDE_CHANNELS,
  type DeliveryStatus,
  type OutsideChannel,
} from '@kopeck/contracts';

/** Which deliveries somebody wants to see, as the address says it. */
export interface DeliveryFilter {
  readonly channel?: OutsideChannel;
  readonly status?: DeliveryStatus;
}

/** @returns what is known of the address's words; others filter nothing. */
export function deliveryFilterOf(channel: unknown, status: unknown): DeliveryFilter {
  return {
    ...(OUTSIDE_CHANNELS.includes(channel as OutsideChannel) && { channel: channel as OutsideChannel }),
    ...(DELIVERY_STATUSES.includes(status as DeliveryStatus) && { status: status as DeliveryStatus }),
  };
}

/** The address of the list with a filter. */
export function addressOfDeliveries({ channel, status }: DeliveryFilter): string {
  const parameters = new URLSearchParams({ ...(channel && { channel }), ...(status && { status }) });
  return parameters.size === 0 ? '/notifications/deliveries' : `/notifications/deliveries?${parameters}`;
}
