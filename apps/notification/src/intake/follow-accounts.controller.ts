import { AccountState, TOPICS } from '@kopeck/contracts';
import { batchOf, HEADERS, type Outgoing, type Received } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { FollowAccountsService } from './follow-accounts.service.js';

@Controller()
export class FollowAccountsController {
  constructor(private readonly service: FollowAccountsService) {}

  @EventPattern(TOPICS.accountStates.name, Transport.KAFKA, batchOf(AccountState, { maxMessages: 500 }))
  handle(@Payload() batch: Received<AccountState>[]): Promise<Outgoing[]> {
    return this.service.follow(
      batch.map(({ value, headers }) => ({ state: value, publishedAt: headers[HEADERS.eventTime] })),
    );
  }
}
