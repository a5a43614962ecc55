import { Controller, Inject, Module, ValidationPipe, type OnApplicationBootstrap } from '@nestjs/common';
import { ClientKafka, MessagePattern, Payload, RpcException } from '@nestjs/microservices';
import { of, type Observable } from 'rxjs';
import { clientOf, KAFKA_CLIENT } from './kafka.js';
import { TransferMessage, type TransferOutcome } from './messages.js';
import { COMMANDS, REQUESTS } from './settings.js';

const VALIDATION = new ValidationPipe({
  transform: true,
  exceptionFactory: (faults) => new RpcException({ code: 'validation_failed', faults }),
});

@Controller()
class RequestsController implements OnApplicationBootstrap {
  constructor(@Inject(KAFKA_CLIENT) private readonly kafka: ClientKafka) {}

  async onApplicationBootstrap(): Promise<void> {
    this.kafka.subscribeToResponseOf(COMMANDS);
    await this.kafka.connect();
  }

  @MessagePattern(REQUESTS)
  handle(@Payload(VALIDATION) request: TransferMessage): Observable<TransferOutcome> {
    if (request.debitAccountId === request.creditAccountId) {
      return of({ transferId: request.transferId, status: 'failed', reason: 'same_account' });
    }
    return this.kafka.send<TransferOutcome>(COMMANDS, { key: request.debitAccountId, value: request });
  }
}

@Module({ imports: [clientOf('transaction-manager')], controllers: [RequestsController] })
export class TransactionManagerModule {}
