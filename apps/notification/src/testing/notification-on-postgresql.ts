import {
  isRefusal,
  TOPICS,
  type ChangePreferences,
  type InboxItem,
  type InboxPushes,
  type PreferencesView,
} from '@kopeck/contracts';
import {
  createTemporaryDatabase,
  openDatabase,
  type Database,
  type TemporaryDatabase,
} from '@kopeck/database';
import type { Outgoing, Producer } from '@kopeck/kafka';
import { Metrics } from '@kopeck/service';
import { DATABASE } from '../../migrations/index.js';
import { DigestRepository } from '../digests/digest.repository.js';
import { FollowRatesService } from '../digests/follow-rates.service.js';
import { FollowerRepository } from '../digests/follower.repository.js';
import { SendDigestsService } from '../digests/send-digests.service.js';
import { InboxRepository } from '../inbox/inbox.repository.js';
import { ReadInboxService } from '../inbox/read-inbox.service.js';
import { AccountRepository } from '../intake/account.repository.js';
import { AudienceRepository } from '../intake/audience.repository.js';
import { FollowAccountsService } from '../intake/follow-accounts.service.js';
import { IntakeMetrics } from '../intake/intake.metrics.js';
import { IntakeSettings } from '../intake/intake.settings.js';
import { NotificationRepository } from '../intake/notification.repository.js';
import { TellPeopleService } from '../intake/tell-people.service.js';
import { ChoosePreferencesService } from '../preferences/choose-preferences.service.js';
import { PreferenceRepository } from '../preferences/preference.repository.js';
import { CopyRecipientsService } from '../recipients/copy-recipients.service.js';
import { RecipientRepository } from '../recipients/recipient.repository.js';

/** What one process does. */
export type Replica = ReturnType<NotificationOnPostgresql['replica']>;

/**
 * For component tests: the notification service's database, and replicas on it. Kafka is a list of what was sent, and a broker
 * that can be away.
 */
export class NotificationOnPostgresql {
  readonly sent: Outgoing[] = [];
  brokerIsAway = false;
  private readonly databases: Database[] = [];

  private constructor(
    readonly temporary: TemporaryDatabase,
    readonly database: Database,
  ) {
    this.databases.push(database);
  }

  static async create(): Promise<NotificationOnPostgresql> {
    const temporary = await createTemporaryDatabase(DATABASE);
    return new NotificationOnPostgresql(temporary, await openDatabase('notification', 'notification'));
  }

  async anotherReplica(): Promise<Replica> {
    const database = await openDatabase('notification', 'notification');
    this.databases.push(database);
    return this.replica({}, database);
  }

  replica(changed: Partial<IntakeSettings> = {}, database: Database = this.database) {
    const settings = Object.assign(new IntakeSettings(), changed);
    const metrics = new Metrics();
    const producer = { send: (messages: Outgoing[]) => this.send(messages) } as Producer;
    const preferences = new PreferenceRepository(database);
    const digests = new DigestRepository(database);
    const telling = new TellPeopleService(
      database,
      new AudienceRepository(),
      new NotificationRepository(),
      settings,
      new IntakeMetrics(metrics),
    );
    return {
      database,
      metrics,
      telling,
      recipients: new CopyRecipientsService(new RecipientRepository(database)),
      accounts: new FollowAccountsService(database, new AccountRepository(), telling, settings),
      rates: new FollowRatesService(database, new FollowerRepository(database), digests, telling, producer),
      digests: new SendDigestsService(database, digests, telling, producer, settings),
      preferences: new ChoosePreferencesService(preferences),
      inbox: new ReadInboxService(new InboxRepository(database), preferences, producer),
    };
  }

  /** Changes what somebody chose. */
  async choose(
    replica: Replica,
    customerId: string,
    changed: Partial<Omit<ChangePreferences, 'customerId' | 'revision'>>,
  ): Promise<PreferencesView> {
    const before = await replica.preferences.read(customerId);
    const change = { ...before, customerId, ...changed } as ChangePreferences;
    const after = await replica.preferences.change(change);
    if (isRefusal(after)) throw new Error(after.detail);
    return after;
  }

  /** The newest ones of somebody's inbox, oldest first. */
  async inboxOf(replica: Replica, customerId: string): Promise<InboxItem[]> {
    const page = await replica.inbox.list({ customerId, limit: 200 });
    if (isRefusal(page)) throw new Error(page.detail);
    return page.data.toReversed();
  }

  /** Deliveries to somebody, in the order in which they were planned. */
  deliveriesTo(customerId: string): Promise<StoredDelivery[]> {
    return this.temporary.query<StoredDelivery>(
      `SELECT id, notification_id, channel, endpoint_id, type, due_at, status FROM notification.delivery
        WHERE customer_id = $1 ORDER BY ordinal`,
      [customerId],
    );
  }

  /** How often PostgreSQL had to break a circle of locks. */
  async deadlocks(): Promise<number> {
    const [row] = await this.temporary.query<{ deadlocks: number }>(
      'SELECT deadlocks::int FROM pg_stat_database WHERE datname = current_database()',
    );
    return row!.deadlocks;
  }

  async drop(): Promise<void> {
    await Promise.all(this.databases.map((database) => database.onApplicationShutdown()));
    await this.temporary.drop();
  }

  private async send(messages: Outgoing[]): Promise<void> {
    if (this.brokerIsAway) throw new Error('The broker is away');
    this.sent.push(...messages);
  }
}

export interface StoredDelivery {
  readonly id: string;
  readonly notification_id: string;
  readonly channel: string;
  readonly endpoint_id: string | null;
  readonly type: string;
  readonly due_at: Date;
  readonly status: string;
}

/** What open pages are told by these messages. */
export function pushesIn(messages: readonly Outgoing[], customerId?: string): InboxItem[] {
  return messages
    .filter(({ topic }) => topic === TOPICS.notificationInbox.name)
    .flatMap(({ value }) => (value as Partial<InboxPushes>).pushes ?? [])
    .filter((push) => customerId === undefined || push.customerId === customerId)
    .map(({ item }) => item);
}
