import { CustomerState, TOPICS } from '@kopeck/contracts';
import { batchOf, type Outgoing, type Received } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { CopyRecipientsService } from './copy-recipients.service.js';

@Controller()
export class CopyRecipientsController {
  constructor(private readonly service: CopyRecipientsService) {}

  @EventPattern(TOPICS.customerStates.name, Transport.KAFKA, batchOf(CustomerState, { maxMessages: 500 }))
  async handle(@Payload() batch: Received<CustomerState>[]): Promise<Outgoing[]> {
    await this.service.copy(batch.map(({ value }) => value));
    return [];
  }
}
