import { randomBytes, randomUUID } from 'node:crypto';
import type { NotificationData, NotificationType, OutsideChannel } from '@kopeck/contracts';
import {
  createTemporaryDatabase,
  openDatabase,
  type Database,
  type TemporaryDatabase,
} from '@kopeck/database';
import type { Outgoing, Producer } from '@kopeck/kafka';
import { Metrics } from '@kopeck/service';
import { DATABASE } from '../../migrations/index.js';
import { ChannelChanges } from '../channels/channel-changes.service.js';
import { ChannelSettings } from '../channels/channel.settings.js';
import { EmailChannel } from '../channels/email.channel.js';
import { ReaderRepository } from '../channels/reader.repository.js';
import { SmsChannel } from '../channels/sms.channel.js';
import { SmsGateway } from '../channels/sms-gateway.service.js';
import { TelegramBot } from '../channels/telegram-bot.service.js';
import { TelegramChannel } from '../channels/telegram.channel.js';
import { ContactCodes } from '../contacts/contact-codes.service.js';
import { ContactRepository } from '../contacts/contact.repository.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { PhonesService } from '../contacts/phones.service.js';
import { ReadTelegramService } from '../contacts/read-telegram.service.js';
import { TelegramBotRepository } from '../contacts/telegram-bot.repository.js';
import { TelegramLinksService } from '../contacts/telegram-links.service.js';
import { AttemptDeliveries } from '../deliveries/attempt-deliveries.service.js';
import { DeliverService } from '../deliveries/deliver.service.js';
import { DeliveryLogRepository } from '../deliveries/delivery-log.repository.js';
import { DeliveryLogService } from '../deliveries/delivery-log.service.js';
import { DeliveryRepository } from '../deliveries/delivery.repository.js';
import { DeliverySettings } from '../deliveries/delivery.settings.js';
import { ForgetDeliveriesService } from '../deliveries/forget-deliveries.service.js';
import { SendTestsService } from '../deliveries/send-tests.service.js';
import { DisableWebhooksService } from '../webhooks/disable-webhooks.service.js';
import type { Guard } from '../webhooks/guarded-post.js';
import { WebhookChannel } from '../webhooks/webhook.channel.js';
import { WebhookEndpointRepository } from '../webhooks/webhook-endpoint.repository.js';
import { WebhookSecrets } from '../webhooks/webhook-secrets.service.js';
import { WebhookSettings } from '../webhooks/webhook.settings.js';
import { WebhooksService } from '../webhooks/webhooks.service.js';

export type DeliveryReplica = ReturnType<DeliveriesOnPostgresql['replica']>;
export type AllSettings = ChannelSettings & DeliverySettings & WebhookSettings;

export interface PlannedDelivery {
  readonly customerId: string;
  readonly channel: OutsideChannel;
  readonly endpointId?: string;
  readonly type?: NotificationType;
  readonly data?: NotificationData;
}

/** For component tests: deliveries' database of its own and replicas on it. Kafka is a list of what was sent. */
export class DeliveriesOnPostgresql {
  readonly sent: Outgoing[] = [];
  brokerIsAway = false;
  /** The key that secrets are sealed with. */
  readonly sealingKey = randomBytes(32);
  private readonly databases: Database[] = [];
  private readonly running: { readonly delivering: DeliverService; readonly email: EmailChannel }[] = [];

  private constructor(
    readonly temporary: TemporaryDatabase,
    readonly database: Database,
  ) {
    this.databases.push(database);
  }

  static async create(): Promise<DeliveriesOnPostgresql> {
    const temporary = await createTemporaryDatabase(DATABASE);
    return new DeliveriesOnPostgresql(temporary, await openDatabase('notification', 'notification'));
  }

  async anotherDatabase(): Promise<Database> {
    const database = await openDatabase('notification', 'notification');
    this.databases.push(database);
    return database;
  }

  /** What one process does. It sends nothing until it's started. */
  replica(changed: Partial<AllSettings> = {}, database: Database = this.database, guard?: Guard) {
    const channels = Object.assign(new ChannelSettings(), changed);
    const settings = Object.assign(new DeliverySettings(), { DELIVERY_RETRY_SCALE: 0.001 }, changed);
    const webhooks = Object.assign(new WebhookSettings(), changed, {
      SEALING_KEY: this.sealingKey.toString('base64'),
    });
    const producer = { send: (messages: Outgoing[]) => this.send(messages) } as Producer;
    const metrics = new Metrics();
    const changes = new ChannelChanges(producer);
    const readers = new ReaderRepository(database);
    const endpoints = new WebhookEndpointRepository(database);
    const secrets = new WebhookSecrets(webhooks);
    const disabling = new DisableWebhooksService(endpoints, changes);
    const gateway = new SmsGateway(channels);
    const bot = new TelegramBot(channels);
    const email = new EmailChannel(readers, channels, settings);
    const all = [
      email,
      new WebhookChannel(endpoints, readers, secrets, disabling, webhooks, settings, guard),
      new TelegramChannel(readers, bot, channels, settings),
      new SmsChannel(readers, gateway, settings),
    ];
    const deliveries = new DeliveryRepository(database);
    const attempting = new AttemptDeliveries(deliveries, producer, settings, metrics);
    const delivering = new DeliverService(all, deliveries, attempting, settings);
    const logged = new DeliveryLogRepository(database);
    const tests = new SendTestsService(database, deliveries, delivering);
    const contacts = new ContactRepository(database);
    const codes = new ContactCodes(webhooks);
    const links = new TelegramLinksService(contacts, codes, bot, changes, channels);
    const phones = new PhonesService(contacts, codes, gateway, readers, changes);
    this.running.push({ delivering, email });
    return {
      deliveries,
      delivering,
      secrets,
      log: new DeliveryLogService(logged, delivering, all),
      forgetting: new ForgetDeliveriesService(logged, settings),
      webhooks: new WebhooksService(endpoints, secrets, changes, tests, webhooks),
      contacts: new ContactsService(contacts, phones, links, tests, all),
      links,
      telegram: () => new ReadTelegramService(bot, new TelegramBotRepository(database), links, readers),
    };
  }

  /** Somebody whom the customer service has told of. */
  async person(more: { email?: string | null; language?: 'en' | 'ru' } = {}): Promise<string> {
    const customerId = randomUUID();
    const { email = `${customerId}@example.com`, language = 'en' } = more;
    if (email === null) return customerId;
    await this.temporary.query(
      `INSERT INTO notification.recipient (customer_id, email, name, role, language, revision)
       VALUES ($1, $2, 'Anna', 'customer', $3, 1)`,
      [customerId, email, language],
    );
    return customerId;
  }

  /** As the intake plans it: due now. @returns its id. */
  async plan(planned: PlannedDelivery): Promise<string> {
    const { customerId, channel, endpointId = null, type = 'rate_alert', data = {} } = planned;
    const id = randomUUID();
    await this.temporary.query(
      `INSERT INTO notification.delivery
         (id, notification_id, customer_id, channel, endpoint_id, type, data, occurred_at, due_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, now(), now())`,
      [id, randomUUID(), customerId, channel, endpointId, type, JSON.stringify(data)],
    );
    return id;
  }

  /** Values sent to a topic. */
  valuesOf<T>(topic: string): T[] {
    return this.sent.filter((message) => message.topic === topic).map(({ value }) => value as T);
  }

  /** Ends what sends, and forgets what was planned. */
  async calm(): Promise<void> {
    const running = this.running.splice(0);
    await Promise.all(running.map(({ delivering }) => delivering.beforeApplicationShutdown()));
    for (const { email } of running) email.onApplicationShutdown();
    await this.temporary.query('TRUNCATE notification.delivery, notification.delivery_attempt');
    this.sent.length = 0;
    this.brokerIsAway = false;
  }

  async drop(): Promise<void> {
    await this.calm();
    await Promise.all(this.databases.map((database) => database.onApplicationShutdown()));
    await this.temporary.drop();
  }

  private async send(messages: Outgoing[]): Promise<void> {
    if (this.brokerIsAway) throw new Error('The broker is away');
    this.sent.push(...messages);
  }
}
