import { ACCOUNT_QUESTIONS, ReadBalances, type BalanceAt, type Refusal } from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { ReadBalancesService } from './read-balances.service.js';

@Controller()
export class ReadBalancesController {
  constructor(private readonly service: ReadBalancesService) {}

  @MessagePattern(ACCOUNT_QUESTIONS.balances.pattern, Transport.KAFKA, answers(ReadBalances))
  handle(@Payload() request: ReadBalances): Promise<BalanceAt[] | Refusal> {
    return this.service.read(request);
  }
}
