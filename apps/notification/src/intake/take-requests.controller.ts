import { NotificationRequest, TOPICS } from '@kopeck/contracts';
import { batchOf, type Outgoing, type Received } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { requestedNewsOf } from './requested-news.js';
import { TellPeopleService } from './tell-people.service.js';

/** Each may be for every operator. */
const MAX_BATCH = 100;

@Controller()
export class TakeRequestsController {
  constructor(private readonly service: TellPeopleService) {}

  @EventPattern(
    TOPICS.notificationRequests.name,
    Transport.KAFKA,
    batchOf(NotificationRequest, { maxMessages: MAX_BATCH }),
  )
  handle(@Payload() batch: Received<NotificationRequest>[]): Promise<Outgoing[]> {
    return this.service.tell(batch.map(({ value }) => requestedNewsOf(value)));
  }
}
