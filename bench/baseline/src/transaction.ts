import { Controller, Module, ValidationPipe } from '@nestjs/common';
import { MessagePattern, Payload, RpcException } from '@nestjs/microservices';
import { LedgerRepository } from './ledger.repository.js';
import { TransferMessage, type TransferOutcome } from './messages.js';
import { COMMANDS } from './settings.js';

const VALIDATION = new ValidationPipe({
  transform: true,
  exceptionFactory: (faults) => new RpcException({ code: 'validation_failed', faults }),
});

@Controller()
class CommandsController {
  constructor(private readonly ledger: LedgerRepository) {}

  @MessagePattern(COMMANDS)
  handle(@Payload(VALIDATION) command: TransferMessage): Promise<TransferOutcome> {
    return this.ledger.post(command);
  }
}

@Module({ controllers: [CommandsController], providers: [LedgerRepository] })
export class TransactionModule {}
