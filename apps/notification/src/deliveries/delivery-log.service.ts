import {
  belowOf,
  OUTSIDE_CHANNELS,
  pageOf,
  refusal,
  type ChannelHealth,
  type DeliveryDetails,
  type DeliveryView,
  type ListDeliveries,
  type Page,
  type ReadDelivery,
  type Refusal,
} from '@kopeck/contracts';
import { Inject, Injectable } from '@nestjs/common';
import type { Channel } from '../channels/channel.js';
import { CHANNELS } from '../channels/channels.js';
import { DeliverService } from './deliver.service.js';
import { DeliveryLogRepository, type LoggedDelivery } from './delivery-log.repository.js';
import { maskedEmail, maskedPhone, shownUrl } from './masked-target.js';

const MAX_HISTORY = 50;

/** What became of deliveries, for their owners and for operators. */
@Injectable()
export class DeliveryLogService {
  constructor(
    private readonly log: DeliveryLogRepository,
    private readonly delivering: DeliverService,
    @Inject(CHANNELS) private readonly channels: readonly Channel[],
  ) {}

  async list({ limit, cursor, ...filter }: ListDeliveries): Promise<Page<DeliveryView> | Refusal> {
    const below = belowOf(cursor);
    if (below === null) return INVALID_CURSOR;
    return pageOf(await this.log.list(filter, below, limit + 1), limit, viewOf);
  }

  async read({ deliveryId, customerId }: ReadDelivery): Promise<DeliveryDetails | Refusal> {
    const delivery = await this.log.find(deliveryId, customerId);
    if (!delivery) return NOT_FOUND;
    return { ...viewOf(delivery), history: await this.log.findAttempts(deliveryId, MAX_HISTORY) };
  }

  /** Whatever became of it before: a person asks for it. */
  async retry({ deliveryId, customerId }: ReadDelivery): Promise<DeliveryView | Refusal> {
    const delivery = await this.log.find(deliveryId, customerId);
    if (!delivery) return NOT_FOUND;
    await this.log.retry(deliveryId);
    this.delivering.wake(delivery.channel);
    return viewOf((await this.log.find(deliveryId, customerId)) ?? delivery);
  }

  async health(): Promise<ChannelHealth[]> {
    const numbers = new Map((await this.log.readNumbers()).map((row) => [row.channel, row]));
    return OUTSIDE_CHANNELS.map((channel) => {
      const { waiting = 0, oldestDueAt = null, delivered = 0, failed = 0 } = numbers.get(channel) ?? {};
      return {
        channel,
        isConfigured: this.channels.some(({ name, missing }) => name === channel && missing === null),
        waiting,
        oldestDueAt: oldestDueAt?.toISOString() ?? null,
        delivered,
        failed,
      };
    });
  }
}

const NOT_FOUND = refusal('not_found', 'There is no such delivery.');
const INVALID_CURSOR = refusal('invalid_cursor', 'Take the cursor of the page before, or none.');

function viewOf(delivery: LoggedDelivery): DeliveryView {
  const { deliveryId, notificationId, type, channel, endpointId, status, attempts, lastError } = delivery;
  return {
    deliveryId,
    notificationId,
    type,
    channel,
    endpointId,
    target: targetOf(delivery),
    status,
    attempts,
    lastError,
    createdAt: delivery.createdAt.toISOString(),
    dueAt: status === 'waiting' ? delivery.dueAt.toISOString() : null,
    endedAt: delivery.endedAt?.toISOString() ?? null,
  };
}

function targetOf({ email, url, chatName, phone }: LoggedDelivery): string | null {
  if (email !== null) return maskedEmail(email);
  if (url !== null) return shownUrl(url);
  if (phone !== null) return maskedPhone(phone);
  return chatName;
}
