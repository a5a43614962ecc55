import { Controller } from '@nestjs/common';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { TOPICS, type TransferResult } from '@kopeck/contracts';
import { batchOf, type Outgoing, type Received } from '@kopeck/kafka';
import { StreamHub } from '../stream/stream-hub.service.js';
import { TransferDesk } from './transfer-desk.service.js';

/** Every instance reads the whole journal: a wait ends at whichever instance holds it, and so do open pages' events. */
@Controller()
export class TransferResultsController {
  constructor(
    private readonly desk: TransferDesk,
    private readonly hub: StreamHub,
  ) {}

  @EventPattern(TOPICS.transferResults.name, Transport.KAFKA, batchOf(null))
  async handle(@Payload() batch: Received<TransferResult>[]): Promise<Outgoing[]> {
    for (const { value } of batch) this.desk.onResult(value);
    // Whoever waits for the answer to a request goes first.
    for (const { value } of batch) this.hub.onResult(value);
    return [];
  }
}
