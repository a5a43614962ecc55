import { Injectable } from '@nestjs/common';
import { DeliverySettings } from '../deliveries/delivery.settings.js';
import { MESSAGE_SCHEDULE } from '../deliveries/retry-schedule.js';
import { wordsOf } from '../templates/words.js';
import type { Channel, DueDelivery, Readiness } from './channel.js';
import { ReaderRepository } from './reader.repository.js';
import { SmsGateway } from './sms-gateway.service.js';

/** A text message to a number that its owner has confirmed. */
@Injectable()
export class SmsChannel implements Channel {
  readonly name = 'sms';
  readonly missing: string | null;
  readonly atOnce: number;
  readonly atOncePerLane: number;
  readonly schedule = MESSAGE_SCHEDULE;

  constructor(
    private readonly readers: ReaderRepository,
    private readonly gateway: SmsGateway,
    { TEXTS_AT_ONCE }: DeliverySettings,
  ) {
    this.atOnce = this.atOncePerLane = TEXTS_AT_ONCE;
    this.missing = gateway.isConfigured ? null : 'SMS is not offered: SMS_GATEWAY_URL is not set';
  }

  async prepare(deliveries: readonly DueDelivery[]): Promise<ReadonlyMap<string, Readiness>> {
    const customerIds = deliveries.map(({ customerId }) => customerId);
    const phones = await this.readers.findPhones(customerIds);
    const readers = await this.readers.find(customerIds);
    return new Map(
      deliveries.map((delivery): [string, Readiness] => {
        const { deliveryId, customerId, type, data } = delivery;
        const phone = phones.get(customerId);
        if (phone === undefined) return [deliveryId, GONE];
        const { title, text } = wordsOf(type, data, readers.get(customerId)!);
        const message = { phone, text: `${title}. ${text}`, id: deliveryId };
        const send = (signal: AbortSignal) => this.gateway.send(message, signal);
        return [deliveryId, { kind: 'ready', target: 'gateway', lane: 'gateway', send }];
      }),
    );
  }
}

const GONE: Readiness = { kind: 'gone', reason: 'there is no confirmed telephone number any more' };
