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
    const inserted = await withoutData(
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
    return withoutData(this.customers.findOneBy({ customerId }));
  }

  findByEmail(email: string): Promise<Customer | null> {
    return withoutData(this.customers.findOneBy({ emailKey: emailKeyOf(email) }));
  }

  /** Replaces a hash by a stronger one of the same password, unless it was changed in the meantime. */
  async replaceHash(customerId: string, from: string, to: string): Promise<void> {
    await withoutData(this.customers.update({ customerId, passwordHash: from }, { passwordHash: to }));
  }

  private get customers(): Repository<CustomerEntity> {
    return this.database.dataSource.getRepository(CustomerEntity);
  }
}

/**
 * TypeORM's error carries the statement's parameters and PostgreSQL's "Failing row contains…", and loggers write what an
 * error carries. Addresses and hashes stay out: message and SQLSTATE (by which transient faults are known) are enough.
 */
export class StatementFailed extends Error {
  readonly code: string | undefined;

  constructor(error: QueryFailedError) {
    super(error.message);
    this.name = 'StatementFailed';
    this.code = (error.driverError as { code?: string }).code;
  }
}

async function withoutData<T>(query: Promise<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    throw error instanceof QueryFailedError ? new StatementFailed(error) : error;
  }
}
