import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { CheckPassword, CUSTOMER_QUESTIONS, type CustomerView, type Refusal } from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { MAX_PASSWORD_QUESTIONS } from './hashing-queue.js';
import { CheckPasswordService } from './check-password.service.js';

@Controller()
export class CheckPasswordController {
  constructor(private readonly service: CheckPasswordService) {}

  @MessagePattern(
    CUSTOMER_QUESTIONS.checkPassword.pattern,
    Transport.KAFKA,
    answers(CheckPassword, { maxConcurrent: MAX_PASSWORD_QUESTIONS }),
  )
  handle(@Payload() request: CheckPassword): Promise<CustomerView | Refusal> {
    return this.service.check(request);
  }
}
