import { randomUUID } from 'node:crypto';
import { Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { CustomerSettings } from '../customer.settings.js';
import { AnnounceCustomersService } from '../customers/announce-customers.service.js';
import { CustomerRepository } from '../customers/customer.repository.js';
import { PasswordHasher } from '../passwords/password-hasher.js';

/**
 * The bank's first operator comes from the settings, since nobody is there to appoint one. Replicas that start at once
 * may all try; the unique address lets one win. A password in the settings is only for the first start: changing it there
 * later changes nothing.
 */
@Injectable()
export class CreateOperatorService implements OnApplicationBootstrap {
  private readonly logger = new Logger(CreateOperatorService.name);

  constructor(
    private readonly settings: CustomerSettings,
    private readonly customers: CustomerRepository,
    private readonly hasher: PasswordHasher,
    private readonly announcements: AnnounceCustomersService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { OPERATOR_EMAIL: email, OPERATOR_PASSWORD: password } = this.settings;
    if (!email || !password) return;
    const known = await this.customers.findByEmail(email);
    if (known?.role === 'customer') {
      this.logger.warn(
        'OPERATOR_EMAIL belongs to a customer, who stays one: give an address that nobody registered with.',
      );
    }
    if (known) return;
    const added = await this.customers.add({
      customerId: randomUUID(),
      email: email.trim(),
      name: 'Operator',
      role: 'operator',
      language: 'en',
      passwordHash: await this.hasher.hash(password),
    });
    if (!added) return;
    this.logger.log('Created the operator that OPERATOR_EMAIL names.');
    this.announcements.announceSoon();
  }
}
