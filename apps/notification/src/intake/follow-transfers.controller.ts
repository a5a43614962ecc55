import { TOPICS, type TransferResult } from '@kopeck/contracts';
import { batchOf, type Outgoing, type Received } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { TellPeopleService } from './tell-people.service.js';
import { transferNewsOf } from './transfer-news.js';

/** People don't see the difference, and larger batches are cheaper. */
const LINGER_MS = 300;
const MAX_BATCH = 1_500;
const { groups, name } = TOPICS.transferResults;

@Controller()
export class FollowTransfersController {
  constructor(private readonly service: TellPeopleService) {}

  @EventPattern(
    name,
    Transport.KAFKA,
    batchOf(null, { maxMessages: MAX_BATCH, lingerMs: LINGER_MS, group: groups.notification }),
  )
  handle(@Payload() batch: Received<TransferResult>[]): Promise<Outgoing[]> {
    return this.service.tell(batch.flatMap(({ value }) => transferNewsOf(value)));
  }
}
