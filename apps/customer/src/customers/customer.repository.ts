import { Injectable } from '@nestjs/common';
import { QueryFailedError, type Repository } from 'typeorm';
import { Database } from '@kopeck/database';
import { CustomerEntity } from './customer.entity.js';
import { emailKeyOf, type Customer, type NewCustomer } from './customer.js';

@Injectable()
export class CustomerRepository {
  constructor(private readonly database: Database) {}

  /**
   * Adds a customer unless the id or the e-mail address is taken; the unique indexes decide, so two replicas may try at
   * once. @returns false when somebody is there already.
   */
  async add(customer: NewCustomer): Promise<boolean> {
    const inserted = await withoutParameters(
      this.customers
        .createQueryBuilder()
        .insert()
        .values({ ...customer, emailKey: emailKeyOf(customer.email) })
        .orIgnore()
        .returning(['customerId'])
        .execute(),
    );
    return (inserted.raw as unknown[]).length === 1;
  }

  findById(customerId: string): Promise<Customer | null> {
    return withoutParameters(this.customers.findOneBy({ customerId }));
  }

  findByEmail(email: string): Promise<Customer | null> {
    return withoutParameters(this.customers.findOneBy({ emailKey: emailKeyOf(email) }));
  }

  /** Replaces a hash by a stronger one of the same password, unless it was changed in the meantime. */
  async replaceHash(customerId: string, from: string, to: string): Promise<void> {
    await withoutParameters(this.customers.update({ customerId, passwordHash: from }, { passwordHash: to }));
  }

  private get customers(): Repository<CustomerEntity> {
    return this.database.dataSource.getRepository(CustomerEntity);
  }
}

/** A failed query carries its parameters, and loggers write what an error carries: addresses and hashes stay out. */
async function withoutParameters<T>(query: Promise<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    if (error instanceof QueryFailedError) error.parameters = undefined;
    throw error;
  }
}
