import { ACCOUNT_QUESTIONS, RenameAccount, type AccountView, type Refusal } from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { RenameAccountService } from './rename-account.service.js';

@Controller()
export class RenameAccountController {
  constructor(private readonly service: RenameAccountService) {}

  @MessagePattern(ACCOUNT_QUESTIONS.rename.pattern, Transport.KAFKA, answers(RenameAccount))
  handle(@Payload() request: RenameAccount): Promise<AccountView | Refusal> {
    return this.service.rename(request);
  }
}
