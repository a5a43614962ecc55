import { randomUUID } from 'node:crypto';
import {
  Body,
  Controller,
  Inject,
  Module,
  Post,
  UnprocessableEntityException,
  ValidationPipe,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ClientKafka } from '@nestjs/microservices';
import { firstValueFrom } from 'rxjs';
import { clientOf, KAFKA_CLIENT } from './kafka.js';
import { MakeTransfer, type TransferMessage, type TransferOutcome } from './messages.js';
import { REQUESTS } from './settings.js';

const VALIDATION = new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true });

@Controller('transfers')
class TransfersController implements OnApplicationBootstrap {
  constructor(@Inject(KAFKA_CLIENT) private readonly kafka: ClientKafka) {}

  async onApplicationBootstrap(): Promise<void> {
    this.kafka.subscribeToResponseOf(REQUESTS);
    await this.kafka.connect();
  }

  @Post()
  async make(@Body(VALIDATION) body: MakeTransfer): Promise<TransferOutcome> {
    const message: TransferMessage = { transferId: randomUUID(), ...body };
    const outcome = await firstValueFrom(
      this.kafka.send<TransferOutcome>(REQUESTS, { key: body.debitAccountId, value: message }),
    );
    if (outcome.status === 'failed') throw new UnprocessableEntityException(outcome);
    return outcome;
  }
}

@Module({ imports: [clientOf('gateway')], controllers: [TransfersController] })
export class GatewayModule {}
