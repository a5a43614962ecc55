import {
  DELIVERY_STATUSES,
  OUTSIDE_CHANNELS,
  type DeliveryStatus,
  type OutsideChannel,
} from '@kopeck/contracts';

/** What the address of the list asks for; a word that there isn't counts as none. */
export interface DeliveryFilter {
  readonly channel?: OutsideChannel;
  readonly status?: DeliveryStatus;
}

export function deliveryFilterOf(query: Readonly<Record<string, unknown>>): DeliveryFilter {
  return {
    channel: OUTSIDE_CHANNELS.find((known) => known === query['channel']),
    status: DELIVERY_STATUSES.find((known) => known === query['status']),
  };
}

/** The first page of the same list. */
export function addressOfDeliveries({ channel, status }: DeliveryFilter): string {
  const parameters = new URLSearchParams({ ...(channel && { channel }), ...(status && { status }) });
  return parameters.size > 0 ? `/operator/deliveries?${parameters}` : '/operator/deliveries';
}
