import { Controller } from '@nestjs/common';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { TOPICS, type InboxChange, type InboxPush, type InboxRead } from '@kopeck/contracts';
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
      if ('pushes' in value) for (const push of value.pushes) this.onPush(push);
      else this.onRead(value);
    }
    return [];
  }

  private onPush(push: InboxPush): void {
    this.counts.forget(push.customerId);
    this.hub.onPush(push);
  }

  private onRead(read: InboxRead): void {
    this.counts.forget(read.customerId);
    this.hub.onRead(read);
  }
}
