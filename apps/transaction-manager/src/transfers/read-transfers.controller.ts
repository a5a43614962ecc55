import {
  ListTransfers,
  ReadTransfer,
  TRANSFER_QUESTIONS,
  type Page,
  type Refusal,
  type TransferStep,
  type TransferView,
} from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { ReadTransfersService } from './read-transfers.service.js';

@Controller()
export class ReadTransfersController {
  constructor(private readonly service: ReadTransfersService) {}

  @MessagePattern(TRANSFER_QUESTIONS.read.pattern, Transport.KAFKA, answers(ReadTransfer))
  read(@Payload() request: ReadTransfer): Promise<TransferView | Refusal> {
    return this.service.read(request);
  }

  @MessagePattern(TRANSFER_QUESTIONS.steps.pattern, Transport.KAFKA, answers(ReadTransfer))
  steps(@Payload() request: ReadTransfer): Promise<TransferStep[] | Refusal> {
    return this.service.steps(request);
  }

  @MessagePattern(TRANSFER_QUESTIONS.list.pattern, Transport.KAFKA, answers(ListTransfers))
  list(@Payload() request: ListTransfers): Promise<Page<TransferView> | Refusal> {
    return this.service.list(request);
  }
}
