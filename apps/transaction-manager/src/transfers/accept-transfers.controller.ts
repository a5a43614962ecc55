import { TOPICS, TransferRequest } from '@kopeck/contracts';
import { batchOf, HEADERS, type Outgoing, type Received } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { AcceptTransfersService } from './accept-transfers.service.js';

const MAX_BATCH = 500;
/** All that follows a request is done in the batches that are made here. */
const GATHER_MS = 3;

@Controller()
export class AcceptTransfersController {
  constructor(private readonly service: AcceptTransfersService) {}

  @EventPattern(
    TOPICS.transferRequests.name,
    Transport.KAFKA,
    batchOf(TransferRequest, { maxMessages: MAX_BATCH, gatherMs: GATHER_MS }),
  )
  handle(@Payload() batch: Received<TransferRequest>[]): Promise<Outgoing[]> {
    return this.service.accept(
      batch.map(({ value, headers }) => ({ request: value, replyTopic: headers[HEADERS.replyTopic] })),
    );
  }
}
