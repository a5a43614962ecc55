import { Injectable } from '@nestjs/common';
import { refusal, type CustomerView, type Refusal, type RegisterCustomer } from '@kopeck/contracts';
import { BUSY, HashingQueueFull } from '../passwords/hashing-queue.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { passwordFault } from '../passwords/password-rules.js';
import { SealedPasswords, UNREADABLE_PASSWORD } from '../passwords/sealed-passwords.js';
import { AnnounceCustomersService } from './announce-customers.service.js';
import { CustomerRepository } from './customer.repository.js';
import { isSameRegistration, viewOf, type Customer } from './customer.js';

const EMAIL_TAKEN = refusal(
  'email_taken',
  'There is a customer with this e-mail address already. Sign in, or use another address.',
  { pointer: '/email' },
);

const ID_TAKEN = refusal(
  'state_conflict',
  'This registration was made before with other data. Start a new registration.',
);

/**
 * Registers a customer under an id the asker chose, so that a question asked again after a lost answer finds its own
 * work: the same id with the same data gives the same answer, however often.
 */
@Injectable()
export class RegisterCustomerService {
  constructor(
    private readonly customers: CustomerRepository,
    private readonly passwords: SealedPasswords,
    private readonly hasher: PasswordHasher,
    private readonly announcements: AnnounceCustomersService,
  ) {}

  async register(request: RegisterCustomer): Promise<CustomerView | Refusal> {
    if (this.hasher.isFull) return BUSY;
    const password = this.passwords.open(request.sealedPassword, request.email);
    if (password === null) return UNREADABLE_PASSWORD;
    try {
      return await this.registerOnce(request, password);
    } catch (error) {
      if (error instanceof HashingQueueFull) return BUSY;
      throw error;
    }
  }

  private async registerOnce(request: RegisterCustomer, password: string): Promise<CustomerView | Refusal> {
    const known = await this.customers.findById(request.customerId);
    if (known) return this.answerRepeat(known, request, password);

    const fault = faultOf(request, password);
    if (fault) return fault;
    const holder = await this.customers.findByEmail(request.email);
    if (holder) return this.answerHolder(holder, request, password);

    const added = await this.customers.add({
      customerId: request.customerId,
      email: request.email.trim(),
      name: request.name.trim(),
      role: 'customer',
      language: request.language,
      passwordHash: await this.hasher.hash(password),
    });
    if (added) this.announcements.announceSoon();
    const registered = await this.customers.findById(request.customerId);
    if (!registered) return EMAIL_TAKEN;
    // Not added but there: the same question was handled at the same time elsewhere.
    return added ? viewOf(registered) : this.answerRepeat(registered, request, password);
  }

  /** Perhaps the holder is this very customer: the same question, handled at the same time elsewhere. */
  private async answerHolder(
    holder: Customer,
    request: RegisterCustomer,
    password: string,
  ): Promise<CustomerView | Refusal> {
    const isSame = holder.customerId === request.customerId;
    return isSame ? this.answerRepeat(holder, request, password) : EMAIL_TAKEN;
  }

  private async answerRepeat(
    known: Customer,
    request: RegisterCustomer,
    password: string,
  ): Promise<CustomerView | Refusal> {
    const same =
      isSameRegistration(known, request) && (await this.hasher.verify(known.passwordHash, password));
    return same ? viewOf(known) : ID_TAKEN;
  }
}

function faultOf(request: RegisterCustomer, password: string): Refusal | null {
  if (request.name.trim() === '') {
    return refusal('validation_failed', 'The name must not be empty.', { pointer: '/name' });
  }
  const fault = passwordFault(password, request);
  return fault ? refusal('validation_failed', fault, { pointer: '/password' }) : null;
}
