import { Injectable } from '@nestjs/common';
import { refusal, type CustomerView, type Refusal } from '@kopeck/contracts';
import { CustomerRepository } from './customer.repository.js';
import { viewOf } from './customer.js';

@Injectable()
export class ReadCustomerService {
  constructor(private readonly customers: CustomerRepository) {}

  async read(customerId: string): Promise<CustomerView | Refusal> {
    const customer = await this.customers.findById(customerId);
    return customer ? viewOf(customer) : refusal('not_found', 'There is no customer with this id.');
  }
}
