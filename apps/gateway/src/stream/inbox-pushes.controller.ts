import { Controller } from '@nestjs/common';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { TOPICS, type InboxChange } from '@kopeck/contracts';
import { batchOf, type Outgoing, type Received } from '@kopeck/kafka';
import { UnreadCounts } from '../notifications/unread-counts.service.js';
import { StreamHub } from './stream-hub.service.js';

/** Every instance hears of everybody's news: which one a page is open at, nobody else knows. */
@Controller()
export class InboxPushesController {
  constructor(
    private readonly hub: StreamHub,
    private readonly counts: UnreadCounts,
  ) {}

  @EventPattern(TOPICS.notificationInbox.name, Transport.KAFKA, batchOf(null))
  async handle(@Payload() batch: Received<InboxChange>[]): Promise<Outgoing[]> {
    for (const { value } of batch) {
      this.counts.forget(value.customerId);
      if ('item' in value) this.hub.onPush(value);
      else this.hub.onRead(value);
    }
    return [];
  }
}
