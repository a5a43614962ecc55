import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { CUSTOMER_QUESTIONS, ReadCustomer, type CustomerView, type Refusal } from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { ReadCustomerService } from './read-customer.service.js';

@Controller()
export class ReadCustomerController {
  constructor(private readonly service: ReadCustomerService) {}

  @MessagePattern(CUSTOMER_QUESTIONS.read.pattern, Transport.KAFKA, answers(ReadCustomer))
  handle(@Payload() request: ReadCustomer): Promise<CustomerView | Refusal> {
    return this.service.read(request.customerId);
  }
}
