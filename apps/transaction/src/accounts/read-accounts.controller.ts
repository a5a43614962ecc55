import {
  ACCOUNT_QUESTIONS,
  FindAccount,
  ListAccounts,
  ReadAccount,
  type AccountView,
  type Refusal,
} from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { ReadAccountsService } from './read-accounts.service.js';

@Controller()
export class ReadAccountsController {
  constructor(private readonly service: ReadAccountsService) {}

  @MessagePattern(ACCOUNT_QUESTIONS.list.pattern, Transport.KAFKA, answers(ListAccounts))
  list(@Payload() request: ListAccounts): Promise<AccountView[]> {
    return this.service.list(request.customerId);
  }

  @MessagePattern(ACCOUNT_QUESTIONS.read.pattern, Transport.KAFKA, answers(ReadAccount))
  read(@Payload() request: ReadAccount): Promise<AccountView | Refusal> {
    return this.service.read(request.accountId, request.customerId);
  }

  @MessagePattern(ACCOUNT_QUESTIONS.find.pattern, Transport.KAFKA, answers(FindAccount))
  find(@Payload() request: FindAccount): Promise<AccountView | Refusal> {
    return this.service.find(request.number);
  }
}
