import { TOPICS, type RateChange } from '@kopeck/contracts';
import { batchOf, type Outgoing, type Received } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { FollowRatesService } from './follow-rates.service.js';

/** As many as a bulletin has currencies, and some more: each is told to all who follow it. */
const MAX_BATCH = 50;

@Controller()
export class FollowRatesController {
  constructor(private readonly service: FollowRatesService) {}

  @EventPattern(TOPICS.rateChanges.name, Transport.KAFKA, batchOf(null, { maxMessages: MAX_BATCH }))
  async handle(@Payload() batch: Received<RateChange>[]): Promise<Outgoing[]> {
    await this.service.follow(batch.map(({ value }) => value));
    return [];
  }
}
