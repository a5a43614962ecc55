import { Controller } from '@nestjs/common';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { ServiceHeartbeat, TOPICS } from '@kopeck/contracts';
import { batchOf, type Outgoing, type Received } from '@kopeck/kafka';
import { ServiceBoard } from './service-board.js';

/** Reads the topic from its beginning (an hour at most), so that a new gateway knows at once who was there. */
@Controller()
export class HeartbeatsController {
  constructor(private readonly board: ServiceBoard) {}

  @EventPattern(
    TOPICS.serviceHeartbeats.name,
    Transport.KAFKA,
    batchOf(ServiceHeartbeat, { fromBeginning: true }),
  )
  async handle(@Payload() batch: Received<ServiceHeartbeat>[]): Promise<Outgoing[]> {
    for (const { value } of batch) this.board.hear(value);
    return [];
  }
}
