import { Injectable } from '@nestjs/common';
import { refusal, type CheckPassword, type CustomerView, type Refusal } from '@kopeck/contracts';
import { CustomerRepository } from '../customers/customer.repository.js';
import { viewOf, type Customer } from '../customers/customer.js';
import { BUSY, HashingQueueFull } from './hashing-queue.js';
import { PasswordHasher } from './password-hasher.js';
import { SealedPasswords, UNREADABLE_PASSWORD } from './sealed-passwords.js';

/** One sentence for an unknown address and for a wrong password: which of the two it was is nobody's business. */
const WRONG = refusal(
  'invalid_credentials',
  'E-mail address or password is wrong. Check both and try again.',
);

@Injectable()
export class CheckPasswordService {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly passwords: SealedPasswords,
    private readonly hasher: PasswordHasher,
  ) {}

  async check(request: CheckPassword): Promise<CustomerView | Refusal> {
    if (this.hasher.isFull) return BUSY;
    const password = this.passwords.open(request.sealedPassword, request.email);
    if (password === null) return UNREADABLE_PASSWORD;
    try {
      const customer = await this.customers.findByEmail(request.email);
      const right = await this.hasher.verify(customer?.passwordHash ?? this.hasher.decoy, password);
      if (!customer || !right) return WRONG;
      await this.strengthen(customer, password);
      return viewOf(customer);
    } catch (error) {
      if (error instanceof HashingQueueFull) return BUSY;
      throw error;
    }
  }

  /** A right password is the only moment at which an old hash can be replaced; when there's no time for it, next time. */
  private async strengthen(customer: Customer, password: string): Promise<void> {
    if (!this.hasher.isOutdated(customer.passwordHash)) return;
    try {
      const stronger = await this.hasher.hash(password);
      await this.customers.replaceHash(customer.customerId, customer.passwordHash, stronger);
    } catch (error) {
      if (!(error instanceof HashingQueueFull)) throw error;
    }
  }
}
