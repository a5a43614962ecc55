import { TOPICS, type TransferResult } from '@kopeck/contracts';
import { batchOf, type Outgoing, type Received } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { FollowTransfersService } from './follow-transfers.service.js';

/** Nobody waits for this: larger batches are cheaper. */
const LINGER_MS = 200;
const MAX_BATCH = 2_000;
const { groups, name } = TOPICS.transferResults;

@Controller()
export class FollowTransfersController {
  constructor(private readonly service: FollowTransfersService) {}

  @EventPattern(
    name,
    Transport.KAFKA,
    batchOf(null, { maxMessages: MAX_BATCH, lingerMs: LINGER_MS, group: groups['transaction-manager'] }),
  )
  async handle(@Payload() batch: Received<TransferResult>[]): Promise<Outgoing[]> {
    await this.service.follow(batch.map(({ value }) => value));
    return [];
  }
}
