import { ACCOUNT_QUESTIONS, FreezeAccount, type AccountView, type Refusal } from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { FreezeAccountService } from './freeze-account.service.js';

@Controller()
export class FreezeAccountController {
  constructor(private readonly service: FreezeAccountService) {}

  @MessagePattern(ACCOUNT_QUESTIONS.freeze.pattern, Transport.KAFKA, answers(FreezeAccount))
  handle(@Payload() request: FreezeAccount): Promise<AccountView | Refusal> {
    return this.service.freeze(request);
  }
}
