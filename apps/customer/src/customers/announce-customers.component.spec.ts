import 'reflect-metadata';
import { randomBytes, randomUUID } from 'node:crypto';
import { isRefusal, seal, type CustomerState, type CustomerView } from '@kopeck/contracts';
import {
  createTemporaryDatabase,
  openDatabase,
  type Database,
  type TemporaryDatabase,
} from '@kopeck/database';
import { eventually, type Outgoing, type Producer } from '@kopeck/kafka';
import { Metrics } from '@kopeck/service';
import { DATABASE } from '../../migrations/index.js';
import { CustomerSettings } from '../customer.settings.js';
import { CreateOperatorService } from '../operators/create-operator.service.js';
import { PasswordHasher } from '../passwords/password-hasher.js';
import { SealedPasswords } from '../passwords/sealed-passwords.js';
import { AnnounceCustomersService } from './announce-customers.service.js';
import { AnnouncementRepository } from './announcement.repository.js';
import { CustomerEntity } from './customer.entity.js';
import { CustomerRepository } from './customer.repository.js';
import { RegisterCustomerService } from './register-customer.service.js';

const KEY = randomBytes(32);
const PASSWORD = 'a long enough secret';

/** A producer that keeps what it's given, or fails as a broker that is away. */
class RecordingProducer {
  readonly sent: Outgoing[] = [];
  fault: Error | undefined;

  async send(messages: Outgoing[]): Promise<void> {
    if (this.fault) throw this.fault;
    this.sent.push(...messages);
  }

  statesOf(customerId: string): CustomerState[] {
    return this.sent.filter(({ key }) => key === customerId).map(({ value }) => value as CustomerState);
  }
}

describe('announcing customers', () => {
  let temporary: TemporaryDatabase;
  const databases: Database[] = [];
  const announcers: AnnounceCustomersService[] = [];

  /** One process's services. */
  async function replica(more: Partial<CustomerSettings> = {}) {
    const database = await openDatabase('customer', 'customer', [CustomerEntity]);
    databases.push(database);
    const settings = Object.assign(new CustomerSettings(), { SEALING_KEY: KEY.toString('base64'), ...more });
    const producer = new RecordingProducer();
    const announcements = new AnnounceCustomersService(
      database,
      new AnnouncementRepository(database),
      producer as unknown as Producer,
      settings,
    );
    announcers.push(announcements);
    const customers = new CustomerRepository(database);
    const hasher = new PasswordHasher(settings, new Metrics());
    await hasher.onModuleInit();
    const passwords = new SealedPasswords(settings);
    return {
      producer,
      announcements,
      registration: new RegisterCustomerService(customers, passwords, hasher, announcements),
      operator: new CreateOperatorService(settings, customers, hasher, announcements),
    };
  }

  async function register(service: Awaited<ReturnType<typeof replica>>): Promise<CustomerView> {
    const email = `${randomUUID()}@example.com`;
    const view = await service.registration.register({
      customerId: randomUUID(),
      name: 'Анна 🏦',
      language: 'ru',
      email,
      sealedPassword: seal(PASSWORD, KEY, email),
    });
    if (isRefusal(view)) throw new Error(view.detail);
    return view;
  }

  beforeAll(async () => {
    temporary = await createTemporaryDatabase(DATABASE);
  }, 30_000);

  afterAll(async () => {
    await Promise.all(announcers.map((each) => each.beforeApplicationShutdown()));
    await Promise.all(databases.map((each) => each.onApplicationShutdown()));
    await temporary?.drop();
  });

  it('tells of everybody who registers, at once, and never of passwords', async () => {
    const service = await replica();
    const { customerId, email } = await register(service);
    await eventually(() => expect(service.producer.statesOf(customerId)).toHaveLength(1));
    expect(service.producer.statesOf(customerId)).toEqual([
      { customerId, email, name: 'Анна 🏦', role: 'customer', language: 'ru', revision: '1' },
    ]);
    expect(JSON.stringify(service.producer.sent)).not.toMatch(/argon2|password/i);
  });

  it('tells of the first operator', async () => {
    const OPERATOR_EMAIL = `operator.${randomUUID()}@example.com`;
    const service = await replica({ OPERATOR_EMAIL, OPERATOR_PASSWORD: PASSWORD });
    await service.operator.onApplicationBootstrap();
    const operator = expect.objectContaining({ email: OPERATOR_EMAIL, role: 'operator', revision: '1' });
    await eventually(() => expect(service.producer.sent.map(({ value }) => value)).toContainEqual(operator));
  });

  it('tells of those who were there before anybody was told of', async () => {
    const service = await replica();
    const customerId = randomUUID();
    await temporary.query(
      `INSERT INTO customer.customer (customer_id, email, email_key, name, role, language, password_hash)
       VALUES ($1, 'old@example.com', 'old@example.com', 'Old', 'customer', 'en', '$argon2id$…')`,
      [customerId],
    );
    service.announcements.onApplicationBootstrap();
    await eventually(() => expect(service.producer.statesOf(customerId)).toHaveLength(1));
  });

  it('is made up for when the broker was away, by whoever sweeps first', async () => {
    const [unlucky, other] = [await replica(), await replica()];
    unlucky.producer.fault = new Error('The broker is away');
    const { customerId } = await register(unlucky);
    await expect(unlucky.announcements.announceDue()).rejects.toThrow('The broker is away');
    await other.announcements.announceDue();
    expect(other.producer.statesOf(customerId)).toHaveLength(1);
    unlucky.producer.fault = undefined;
    await unlucky.announcements.announceDue();
    expect(unlucky.producer.sent).toEqual([]);
  });

  it('says each state once, however many processes announce at once', async () => {
    const service = await replica();
    service.producer.fault = new Error('The broker is away');
    const views = await Promise.all(Array.from({ length: 8 }, () => register(service)));
    await service.announcements.announceDue().catch(() => undefined);
    const replicas = await Promise.all([1, 2, 3].map(() => replica()));
    await Promise.all(replicas.map(({ announcements }) => announcements.announceDue()));
    for (const { customerId } of views) {
      expect(replicas.flatMap(({ producer }) => producer.statesOf(customerId))).toHaveLength(1);
    }
  });
});
