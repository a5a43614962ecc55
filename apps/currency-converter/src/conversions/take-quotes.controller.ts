import { ConversionRequest, TOPICS } from '@kopeck/contracts';
import { batchOf, HEADERS, type Outgoing, type Received } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { TakeQuotesService } from './take-quotes.service.js';

const MAX_BATCH = 500;

@Controller()
export class TakeQuotesController {
  constructor(private readonly service: TakeQuotesService) {}

  @EventPattern(
    TOPICS.conversionRequests.name,
    Transport.KAFKA,
    batchOf(ConversionRequest, { maxMessages: MAX_BATCH }),
  )
  handle(@Payload() batch: Received<ConversionRequest>[]): Promise<Outgoing[]> {
    return this.service.take(
      batch.map(({ value, headers }) => ({ request: value, replyTopic: headers[HEADERS.replyTopic] })),
    );
  }
}
