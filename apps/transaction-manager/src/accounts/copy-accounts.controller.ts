import { AccountState, TOPICS } from '@kopeck/contracts';
import { batchOf, type Outgoing, type Received } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { CopyAccountsService } from './copy-accounts.service.js';

@Controller()
export class CopyAccountsController {
  constructor(private readonly service: CopyAccountsService) {}

  @EventPattern(TOPICS.accountStates.name, Transport.KAFKA, batchOf(AccountState, { maxMessages: 500 }))
  async handle(@Payload() batch: Received<AccountState>[]): Promise<Outgoing[]> {
    await this.service.copy(batch.map(({ value }) => value));
    return [];
  }
}
