import { ACCOUNT_QUESTIONS, OpenAccount, type AccountView, type Refusal } from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { OpenAccountService } from './open-account.service.js';

@Controller()
export class OpenAccountController {
  constructor(private readonly service: OpenAccountService) {}

  @MessagePattern(ACCOUNT_QUESTIONS.open.pattern, Transport.KAFKA, answers(OpenAccount))
  handle(@Payload() request: OpenAccount): Promise<AccountView | Refusal> {
    return this.service.open(request);
  }
}
