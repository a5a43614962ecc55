import 'reflect-metadata';
import { randomBytes, randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { isRefusal, seal, type CustomerView, type RegisterCustomer } from '@kopeck/contracts';
import {
  createTemporaryDatabase,
  openDatabase,
  type Database,
  type TemporaryDatabase,
} from '@kopeck/database';
import { Metrics } from '@kopeck/service';
import { DATABASE } from '../../migrations/index.js';
import { CustomerSettings } from '../customer.settings.js';
import { CreateOperatorService } from '../operators/create-operator.service.js';
import { CheckPasswordService } from '../passwords/check-password.service.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { SealedPasswords } from '../passwords/sealed-passwords.js';
import type { AnnounceCustomersService } from './announce-customers.service.js';
import { CustomerEntity } from './customer.entity.js';
import { CustomerRepository } from './customer.repository.js';
import { ReadCustomerService } from './read-customer.service.js';
import { RegisterCustomerService } from './register-customer.service.js';

const KEY = randomBytes(32);
const PASSWORD = 'a long enough secret';

/** See `announce-customers.component.spec.ts`. */
const NOBODY_LISTENS = { announceSoon: () => {} } as AnnounceCustomersService;

/** One process of the service, without its transport. */
async function replica(database: Database, more: Partial<CustomerSettings> = {}) {
  const settings = Object.assign(new CustomerSettings(), { SEALING_KEY: KEY.toString('base64'), ...more });
  const customers = new CustomerRepository(database);
  const hasher = new PasswordHasher(settings, new Metrics());
  await hasher.onModuleInit();
  const passwords = new SealedPasswords(settings);
  return {
    customers,
    hasher,
    registration: new RegisterCustomerService(customers, passwords, hasher, NOBODY_LISTENS),
    check: new CheckPasswordService(customers, passwords, hasher),
    read: new ReadCustomerService(customers),
    operator: new CreateOperatorService(settings, customers, hasher, NOBODY_LISTENS),
  };
}

function signUp(more: Partial<RegisterCustomer> = {}, password = PASSWORD): RegisterCustomer {
  const email = more.email ?? `${randomUUID()}@example.com`;
  return {
    customerId: randomUUID(),
    name: 'Anna Petrova',
    language: 'ru',
    email,
    sealedPassword: seal(password, KEY, email),
    ...more,
  };
}

function signIn(email: string, password = PASSWORD) {
  return { email, sealedPassword: seal(password, KEY, email) };
}

describe('the customer service on PostgreSQL', () => {
  let temporary: TemporaryDatabase;
  let database: Database;
  let service: Awaited<ReturnType<typeof replica>>;

  beforeAll(async () => {
    temporary = await createTemporaryDatabase(DATABASE);
    database = await openDatabase('customer', 'customer', [CustomerEntity]);
    service = await replica(database);
  }, 30_000);

  afterAll(async () => {
    await database?.onApplicationShutdown();
    await temporary?.drop();
  });

  describe('register', () => {
    it('answers with who was registered, and knows them afterwards', async () => {
      const request = signUp({ email: `Anna.${randomUUID()}@Example.com`, name: '  Анна 🏦 ' });
      const view = await service.registration.register(request);
      expect(view).toEqual({
        customerId: request.customerId,
        email: request.email,
        name: 'Анна 🏦',
        role: 'customer',
        language: 'ru',
        registeredAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
      });
      expect(await service.read.read(request.customerId)).toEqual(view);
    });

    it('gives the same answer to the same question, once or ten times at once, in one row', async () => {
      const request = signUp();
      const other = await replica(database);
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) => (n % 2 ? other : service).registration.register(request)),
      );
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(isRefusal(answers[0])).toBe(false);
      const rows = await temporary.query('SELECT 1 FROM customer.customer WHERE customer_id = $1', [
        request.customerId,
      ]);
      expect(rows).toHaveLength(1);
    });

    it.each([
      ['another name', (first: RegisterCustomer) => ({ ...first, name: 'Boris' })],
      ['another language', (first: RegisterCustomer) => ({ ...first, language: 'en' as const })],
      [
        'another password',
        (first: RegisterCustomer) => ({ ...first, sealedPassword: seal('another secret', KEY, first.email) }),
      ],
    ])('refuses the same id with %s', async (_what, change) => {
      const first = signUp();
      await service.registration.register(first);
      expect(await service.registration.register(change(first))).toMatchObject({ code: 'state_conflict' });
    });

    it('lets one of many have an address, whatever its case', async () => {
      const name = randomUUID();
      const answers = await Promise.all(
        ['anna', 'Anna', 'ANNA', 'aNNa'].map((local) =>
          service.registration.register(signUp({ email: `${local}.${name}@example.com` })),
        ),
      );
      expect(answers.filter((answer) => !isRefusal(answer))).toHaveLength(1);
      for (const answer of answers.filter(isRefusal)) {
        expect(answer).toMatchObject({ code: 'email_taken', pointer: '/email' });
      }
    });

    it.each([
      ['a short password', signUp({}, 'short'), '/password'],
      ['an empty password', signUp({}, ''), '/password'],
      ['a long password', signUp({}, 'x'.repeat(100) + 'y'.repeat(101)), '/password'],
      ['a common password', signUp({}, 'Password12345'), '/password'],
      ['the name as password', signUp({}, 'annapetrova'), '/password'],
      ['a name of spaces', signUp({ name: '   ' }), '/name'],
      [
        'a password sealed for another address',
        { ...signUp(), email: 'other@example.com' },
        '/sealedPassword',
      ],
      ['a password that is not sealed', signUp({ sealedPassword: PASSWORD }), '/sealedPassword'],
    ])('refuses %s and keeps nothing', async (_what, request, pointer) => {
      expect(await service.registration.register(request)).toMatchObject({
        code: 'validation_failed',
        pointer,
      });
      expect(await service.read.read(request.customerId)).toMatchObject({ code: 'not_found' });
    });
  });

  describe('check-password', () => {
    it('answers with the customer, in whatever case the address is typed', async () => {
      const request = signUp();
      const view = await service.registration.register(request);
      expect(await service.check.check(signIn(request.email.toUpperCase()))).toEqual(view);
    });

    it('says the same to a wrong password and to an unknown address', async () => {
      const request = signUp();
      await service.registration.register(request);
      const wrong = await service.check.check(signIn(request.email, 'not the secret'));
      const unknown = await service.check.check(signIn(`${randomUUID()}@example.com`));
      expect(wrong).toMatchObject({ refused: true, code: 'invalid_credentials' });
      expect(unknown).toEqual(wrong);
    });

    it('does the same work for both: their times overlap', async () => {
      const request = signUp();
      await service.registration.register(request);
      const known: number[] = [];
      const unknown: number[] = [];
      for (let n = 0; n < 15; n += 1) {
        known.push(await millisecondsOf(() => service.check.check(signIn(request.email, 'not the secret'))));
        unknown.push(await millisecondsOf(() => service.check.check(signIn('nobody@example.com'))));
      }
      // Argon2 takes tens of milliseconds, a look-up without it about one: a factor of two tells them apart for sure.
      expect(Math.min(...unknown)).toBeGreaterThan(Math.min(...known) / 2);
      expect(Math.min(...known)).toBeGreaterThan(Math.min(...unknown) / 2);
    });

    it('replaces a hash with old parameters at the next right password, not at a wrong one', async () => {
      const request = signUp();
      await service.registration.register(request);
      const old = await hash(PASSWORD, { memoryCost: 8_192, timeCost: 1, parallelism: 1 });
      await temporary.query('UPDATE customer.customer SET password_hash = $2 WHERE customer_id = $1', [
        request.customerId,
        old,
      ]);
      await service.check.check(signIn(request.email, 'not the secret'));
      expect((await service.customers.findById(request.customerId))?.passwordHash).toBe(old);
      expect(isRefusal(await service.check.check(signIn(request.email)))).toBe(false);
      const replaced = (await service.customers.findById(request.customerId))!.passwordHash;
      expect(service.hasher.isOutdated(replaced)).toBe(false);
      expect(isRefusal(await service.check.check(signIn(request.email)))).toBe(false);
    });

    it('refuses a flood in words, with a time, and answers those it took', async () => {
      const small = await replica(database, { PASSWORD_HASHES_AT_ONCE: 1, PASSWORD_HASHES_WAITING: 4 });
      const answers = await Promise.all(
        Array.from({ length: 40 }, () => small.check.check(signIn('nobody@example.com'))),
      );
      const codes = answers.map((answer) => (isRefusal(answer) ? answer.code : 'none'));
      expect(codes.filter((code) => code === 'invalid_credentials').length).toBeGreaterThanOrEqual(5);
      expect(
        answers.filter((answer) => isRefusal(answer) && answer.code === 'rate_limited')[0],
      ).toMatchObject({
        detail: expect.stringMatching(/Try again/),
        retryAfterSeconds: expect.any(Number),
      });
      expect(codes.filter((code) => !['invalid_credentials', 'rate_limited'].includes(code))).toEqual([]);
    });
  });

  describe('the first operator', () => {
    it('is created once by replicas that start together, can sign in, and stays as it is', async () => {
      const OPERATOR_EMAIL = `operator.${randomUUID()}@example.com`;
      const replicas = await Promise.all(
        [1, 2, 3].map(() => replica(database, { OPERATOR_EMAIL, OPERATOR_PASSWORD: PASSWORD })),
      );
      await Promise.all(replicas.map(({ operator }) => operator.onApplicationBootstrap()));
      const view = (await service.check.check(signIn(OPERATOR_EMAIL))) as CustomerView;
      expect(view).toMatchObject({ role: 'operator', email: OPERATOR_EMAIL });

      const later = await replica(database, { OPERATOR_EMAIL, OPERATOR_PASSWORD: 'changed in the settings' });
      await later.operator.onApplicationBootstrap();
      expect(await service.check.check(signIn(OPERATOR_EMAIL))).toEqual(view);
    });

    it('is not made of a customer who has the address', async () => {
      const request = signUp();
      const view = await service.registration.register(request);
      const other = await replica(database, {
        OPERATOR_EMAIL: request.email.toUpperCase(),
        OPERATOR_PASSWORD: 'the operator’s secret',
      });
      await other.operator.onApplicationBootstrap();
      expect(await service.check.check(signIn(request.email))).toEqual(view);
    });
  });

  describe('the service’s role', () => {
    it.each([
      ['delete', 'DELETE FROM customer.customer'],
      ['appoint operators', `UPDATE customer.customer SET role = 'operator'`],
      ['have somebody announced anew', `UPDATE customer.customer SET revision = revision + 1`],
      ['move an address', `UPDATE customer.customer SET email_key = 'x'`],
      ['empty the table', 'TRUNCATE customer.customer'],
      ['change the table', 'ALTER TABLE customer.customer DROP COLUMN role'],
    ])('may not %s', async (_what, sql) => {
      await expect(database.query(sql)).rejects.toMatchObject({ code: '42501' });
    });

    it('cannot store a password that is not hashed, and the fault tells nothing of it', async () => {
      const error: unknown = await service.customers
        .add({
          customerId: randomUUID(),
          email: 'canary@example.com',
          name: 'Anna',
          role: 'customer',
          language: 'en',
          passwordHash: 'a canary in clear',
        })
        .catch((fault: unknown) => fault);
      expect(error).toMatchObject({ name: 'StatementFailed', code: '23514' });
      const everything = JSON.stringify(error, Object.getOwnPropertyNames(error));
      expect(everything).not.toMatch(/canary/);
    });
  });
});

async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
