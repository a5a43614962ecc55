import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { CUSTOMER_QUESTIONS, RegisterCustomer, type CustomerView, type Refusal } from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { MAX_PASSWORD_QUESTIONS } from '../passwords/hashing-queue.js';
import { RegisterCustomerService } from './register-customer.service.js';

@Controller()
export class RegisterCustomerController {
  constructor(private readonly service: RegisterCustomerService) {}

  @MessagePattern(
    CUSTOMER_QUESTIONS.register.pattern,
    Transport.KAFKA,
    answers(RegisterCustomer, { maxConcurrent: MAX_PASSWORD_QUESTIONS }),
  )
  handle(@Payload() request: RegisterCustomer): Promise<CustomerView | Refusal> {
    return this.service.register(request);
  }
}
