import { SecurityEvent, TOPICS } from '@kopeck/contracts';
import { batchOf, type Outgoing, type Received } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { securityNewsOf } from './security-news.js';
import { TellPeopleService } from './tell-people.service.js';

@Controller()
export class FollowSecurityController {
  constructor(private readonly service: TellPeopleService) {}

  @EventPattern(TOPICS.customerEvents.name, Transport.KAFKA, batchOf(SecurityEvent, { maxMessages: 500 }))
  handle(@Payload() batch: Received<SecurityEvent>[]): Promise<Outgoing[]> {
    return this.service.tell(batch.map(({ value }) => securityNewsOf(value)));
  }
}
