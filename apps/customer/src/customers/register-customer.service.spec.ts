import { randomBytes } from 'node:crypto';
import { seal, type RegisterCustomer } from '@kopeck/contracts';
import type { PasswordHasher } from '../passwords/password-hasher.js';
import { SealedPasswords } from '../passwords/sealed-passwords.js';
import { CustomerSettings } from '../customer.settings.js';
import type { AnnounceCustomersService } from './announce-customers.service.js';
import type { CustomerRepository } from './customer.repository.js';
import { viewOf, type Customer } from './customer.js';
import { RegisterCustomerService } from './register-customer.service.js';

const KEY = randomBytes(32);

const CUSTOMER: Customer = {
  customerId: '6f2b9c1e-51a6-4a8f-9d36-0b52b1c0a7d1',
  email: 'anna@example.com',
  name: 'Anna Petrova',
  role: 'customer',
  language: 'ru',
  passwordHash: '$argon2id$of the first',
  registeredAt: new Date('2026-11-23T11:00:00Z'),
};

const NOBODY_LISTENS = { announceSoon: () => {} } as AnnounceCustomersService;

/** The same question is handled by another replica too, whose row shows after this one has looked for the id. */
function serviceWithALateRow(): RegisterCustomerService {
  const customers = {
    findById: () => Promise.resolve(null),
    findByEmail: () => Promise.resolve(CUSTOMER),
  } as unknown as CustomerRepository;
  const hasher = {
    isFull: false,
    verify: (hash: string) => Promise.resolve(hash === CUSTOMER.passwordHash),
  } as unknown as PasswordHasher;
  const settings = Object.assign(new CustomerSettings(), { SEALING_KEY: KEY.toString('base64') });
  return new RegisterCustomerService(customers, new SealedPasswords(settings), hasher, NOBODY_LISTENS);
}

function request(more: Partial<RegisterCustomer> = {}): RegisterCustomer {
  const { customerId, email, name, language } = CUSTOMER;
  return {
    customerId,
    email,
    name,
    language,
    sealedPassword: seal('a long enough secret', KEY, email),
    ...more,
  };
}

describe('registering what another replica registers at the same time', () => {
  it('finds its own work under the address', async () => {
    expect(await serviceWithALateRow().register(request())).toEqual(viewOf(CUSTOMER));
  });

  it("refuses somebody else's address", async () => {
    const other = request({ customerId: '0d0f9f0e-7b30-4b4f-8f0e-3c0a3f3a9b11' });
    expect(await serviceWithALateRow().register(other)).toMatchObject({ code: 'email_taken' });
  });
});
