import { Controller } from '@nestjs/common';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { TOPICS, type InboxPush } from '@kopeck/contracts';
import { batchOf, type Outgoing, type Received } from '@kopeck/kafka';
import { StreamHub } from './stream-hub.service.js';

/** Every instance hears of everybody's news: which one a page is open at, nobody else knows. */
@Controller()
export class InboxPushesController {
  constructor(private readonly hub: StreamHub) {}

  @EventPattern(TOPICS.notificationInbox.name, Transport.KAFKA, batchOf(null))
  async handle(@Payload() batch: Received<InboxPush>[]): Promise<Outgoing[]> {
    for (const { value } of batch) this.hub.onPush(value);
    return [];
  }
}
