import { Database, type Transaction } from '@kopeck/database';
import type { Outgoing } from '@kopeck/kafka';
import { Injectable } from '@nestjs/common';
import type { StoredNotification } from '../inbox/inbox-item.js';
import type { Audience } from './audience.js';
import { AudienceRepository } from './audience.repository.js';
import { placed, type PlacedNotification } from './inbox-ordinals.js';
import { IntakeMetrics } from './intake.metrics.js';
import { IntakeSettings, newsSinceOf } from './intake.settings.js';
import {
  notificationIdOf,
  OPERATORS,
  personalNewsOf,
  type Happening,
  type News,
  type PersonalNews,
} from './news.js';
import { hintsOf, packed, pushOf } from './notification-messages.js';
import { planOf, type NotificationPlan } from './notification-plan.js';
import { NotificationRepository } from './notification.repository.js';

/** What a transaction stored, and what it found stored by an earlier one. */
export interface Told {
  readonly fresh: readonly PlacedNotification[];
  readonly repeated: readonly StoredNotification[];
  readonly people: ReadonlyMap<string, Audience>;
  readonly now: Date;
}

const NOTHING: Told = { fresh: [], repeated: [], people: new Map(), now: new Date(0) };

/**
 * Turns news into notifications: a place in each person's inbox, and deliveries over the channels they chose. Three statements a
 * batch, whatever its size, in two round trips and those of the transaction of whoever brings the news; a fourth where news may come again.
 *
 * Whoever adds to an inbox locks it first. So ordinals are counted without gaps and become visible in their order, and two
 * replicas that get the same event, the one after a rebalance and the other before it, store it once.
 */
@Injectable()
export class TellPeopleService {
  constructor(
    private readonly database: Database,
    private readonly audiences: AudienceRepository,
    private readonly notifications: NotificationRepository,
    private readonly settings: IntakeSettings,
    private readonly metrics: IntakeMetrics,
  ) {}

  /**
   * In a transaction of its own. Takes all of it for new at first: nearly always it is, and if not the notifications' ids say
   * so; then it begins again and looks for what it told before.
   *
   * @returns what to send. News that comes again gives the pushes again: a crash may have kept them from being sent.
   */
  async tell(news: readonly News[]): Promise<Outgoing[]> {
    if (news.length === 0) return [];
    let attempt = 0;
    const told = await this.database.transaction(
      (tx) => this.storeNews(tx, news, { isNew: attempt++ === 0 }),
      { retryUniqueViolation: true },
    );
    return this.messagesOf(told);
  }

  /**
   * For whoever has more to write in the same transaction. Locks of its own must be taken before.
   *
   * @param again what isn't news any more, and may have been told: it is only looked up.
   */
  async store(tx: Transaction, news: readonly News[], again: readonly Happening[] = []): Promise<Told> {
    return this.storeNews(tx, news, { isNew: false, again });
  }

  /** After the commit: what was stored is counted, and becomes messages. */
  messagesOf({ fresh, repeated, people, now }: Told): Outgoing[] {
    for (const { news, deliveries } of fresh) {
      const channels = deliveries.map(({ channel }) => channel);
      this.metrics.countStored(news.type, channels, news.occurredAt, now);
    }
    this.metrics.countRepeated(repeated.length);
    const stored = [...repeated, ...fresh.map(storedOf)];
    const pushes = stored
      .map((each) => pushOf(each, people.get(each.customerId)!.preferences))
      .filter((push) => push !== undefined);
    return [...packed(pushes), ...fresh.flatMap((each) => hintsOf(each, now))];
  }

  /** @param isNew none of the news was told before; if one was, its id refuses the whole. */
  private async storeNews(
    tx: Transaction,
    news: readonly News[],
    { isNew, again = [] }: { readonly isNew: boolean; readonly again?: readonly Happening[] },
  ): Promise<Told> {
    const personal = personalNewsOf(news, await this.operatorsFor(tx, news));
    const customerIds = [...new Set([...personal, ...again].map(({ customerId }) => customerId))];
    if (customerIds.length === 0) return NOTHING;
    const { people, withoutInbox, now } = await this.audiences.find(tx, customerIds);
    const [ordinals, repeated] = await Promise.all([
      this.notifications.lockInboxes(tx, customerIds, withoutInbox),
      // Runs behind the locks.
      isNew ? [] : this.notifications.find(tx, [...personal.map(idOf), ...again.map(idOfHappening)]),
    ]);
    const known = new Set(repeated.map(({ notificationId }) => notificationId));
    const fresh = personal.filter(({ notificationId }) => !known.has(notificationId));
    const batch = placed(this.plansOf(fresh, people, now), ordinals);
    if (fresh.length > 0) await this.notifications.insert(tx, batch);
    return { fresh: batch.placed, repeated, people, now };
  }

  private plansOf(
    fresh: readonly PersonalNews[],
    people: ReadonlyMap<string, Audience>,
    now: Date,
  ): NotificationPlan[] {
    const time = { now, newsSince: newsSinceOf(this.settings, now) };
    return fresh.map((news) => planOf(news, people.get(news.customerId)!, time));
  }

  private async operatorsFor(tx: Transaction, news: readonly News[]): Promise<string[]> {
    const isForOperators = news.some(({ customerId }) => customerId === OPERATORS);
    return isForOperators ? this.audiences.findOperators(tx) : [];
  }
}

function idOf({ notificationId }: PersonalNews): string {
  return notificationId;
}

function idOfHappening({ eventId, customerId }: Happening): string {
  return notificationIdOf(eventId, customerId);
}

function storedOf({ news, ordinal }: PlacedNotification): StoredNotification {
  const { notificationId, customerId, type, data, occurredAt }: PersonalNews = news;
  return {
    notificationId,
    customerId,
    ordinal: ordinal?.toString() ?? null,
    type,
    data,
    occurredAt: new Date(occurredAt).toISOString(),
    readAt: null,
  };
}
