import type { RateSource } from '@kopeck/contracts';
import { Cache, openRedis, type RedisClient } from '@kopeck/cache';
import {
  createTemporaryDatabase,
  openDatabase,
  type Database,
  type TemporaryDatabase,
} from '@kopeck/database';
import type { Outgoing, Producer } from '@kopeck/kafka';
import { Metrics } from '@kopeck/service';
import { DATABASE } from '../../migrations/index.js';
import { AlertRepository } from '../alerts/alert.repository.js';
import { PlaceAlertsService } from '../alerts/place-alerts.service.js';
import { TellAlertsService } from '../alerts/tell-alerts.service.js';
import { ConversionRepository } from '../conversions/conversion.repository.js';
import { TakeQuotesService } from '../conversions/take-quotes.service.js';
import type { FeedBulletin } from '../feeds/rate-feed.js';
import { OrderRepository } from '../orders/order.repository.js';
import { PlaceOrdersService } from '../orders/place-orders.service.js';
import { TriggerOrdersService } from '../orders/trigger-orders.service.js';
import { GiveQuoteService } from '../quotes/give-quote.service.js';
import { QuoteRepository } from '../quotes/quote.repository.js';
import { QuoteSettings } from '../quotes/quote.settings.js';
import { ChangeRatesService } from '../rates/change-rates.service.js';
import { CurrentRates } from '../rates/current-rates.service.js';
import { CurrentRatesStore } from '../rates/current-rates.store.js';
import { FeedRepository } from '../rates/feed.repository.js';
import { OverrideRepository } from '../rates/override.repository.js';
import { OverrideRatesService } from '../rates/override-rates.service.js';
import { PollFeedsService } from '../rates/poll-feeds.service.js';
import { PublishChangesService } from '../rates/publish-changes.service.js';
import { RateChangeRepository } from '../rates/rate-change.repository.js';
import { RateRepository } from '../rates/rate.repository.js';
import { RateSettings } from '../rates/rate.settings.js';
import { TakeBulletinsService } from '../rates/take-bulletins.service.js';
import { WatchFeedsService } from '../rates/watch-feeds.service.js';

/** What one process does. */
export type Replica = ReturnType<ConverterOnPostgresql['replica']>;

/**
 * For component tests: a converter's database and a Redis database of its own, and replicas on them. Kafka is a list of what
 * was sent, and a broker that can be away.
 */
export class ConverterOnPostgresql {
  readonly sent: Outgoing[] = [];
  brokerIsAway = false;
  private readonly databases: Database[] = [];

  private constructor(
    readonly temporary: TemporaryDatabase,
    readonly database: Database,
    readonly redis: RedisClient,
  ) {
    this.databases.push(database);
  }

  static async create(): Promise<ConverterOnPostgresql> {
    const temporary = await createTemporaryDatabase(DATABASE);
    const shared = process.env.REDIS_URL;
    // Keys have no prefix: each worker of the test runner has a Redis database to itself.
    const redis = await openRedis({
      ...process.env,
      REDIS_URL: `${shared}/${process.env.JEST_WORKER_ID ?? '1'}`,
    });
    await redis.flushdb();
    return new ConverterOnPostgresql(temporary, await openDatabase('currency-converter', 'fx'), redis);
  }

  async anotherDatabase(): Promise<Database> {
    const database = await openDatabase('currency-converter', 'fx');
    this.databases.push(database);
    return database;
  }

  /** @param now instead of the database's clock, for the moment at which a quote is taken. */
  replica(
    changed: Partial<RateSettings & QuoteSettings> = {},
    database: Database = this.database,
    now?: Date,
  ) {
    const rateSettings = Object.assign(new RateSettings(), changed);
    const quoteSettings = Object.assign(new QuoteSettings(), changed);
    const producer = { send: (messages: Outgoing[]) => this.send(messages) } as Producer;
    const store = new CurrentRatesStore(new Cache(this.redis));
    const rates = new RateRepository(database);
    const feeds = new FeedRepository(database);
    const publishing = new PublishChangesService(new RateChangeRepository(database), producer);
    const changing = new ChangeRatesService(database, feeds, rates, store, publishing);
    const current = new CurrentRates(store, rates, rateSettings);
    const quotes = new QuoteRepository(database);
    if (now) quotes.now = async () => now;
    const conversions = new ConversionRepository();
    const orders = new OrderRepository(database);
    const triggering = new TriggerOrdersService(
      database,
      orders,
      quotes,
      conversions,
      current,
      producer,
      quoteSettings,
    );
    const alerts = new AlertRepository(database);
    const telling = new TellAlertsService(alerts, current, producer);
    const taking = new TakeBulletinsService(changing, feeds, rates, rateSettings);
    return {
      polling: () => new PollFeedsService(feeds, taking, producer, rateSettings, new Metrics()),
      current,
      quotes,
      store,
      feeds,
      publishing,
      triggering,
      telling,
      taking,
      overrides: new OverrideRatesService(database, feeds, new OverrideRepository(database), changing),
      watching: new WatchFeedsService(database, feeds, rates, changing, rateSettings),
      giving: new GiveQuoteService(current, quotes, quoteSettings),
      using: new TakeQuotesService(database, quotes, conversions, new Metrics()),
      orders: new PlaceOrdersService(orders, triggering),
      alerts: new PlaceAlertsService(alerts, current, telling),
    };
  }

  /** As if the source had just said so. Rubles for one euro and one dollar; what else a bulletin needs stays the same. */
  async say(
    replica: Replica,
    euro: string,
    dollar = '80',
    source: RateSource = 'bank-of-russia',
  ): Promise<string> {
    await replica.feeds.ensure([source]);
    return replica.taking.take(source, bulletin(euro, dollar), { etag: null, lastModified: null });
  }

  /** Values sent to a topic. */
  valuesOf<T>(topic: string): T[] {
    return this.sent.filter((message) => message.topic === topic).map(({ value }) => value as T);
  }

  async drop(): Promise<void> {
    await this.redis.flushdb();
    await this.redis.onApplicationShutdown();
    await Promise.all(this.databases.map((database) => database.onApplicationShutdown()));
    await this.temporary.drop();
  }

  private async send(messages: Outgoing[]): Promise<void> {
    if (this.brokerIsAway) throw new Error('The broker is away');
    this.sent.push(...messages);
  }
}

export function bulletin(
  euro: string,
  dollar = '80',
  asOf = new Date().toISOString().slice(0, 10),
): FeedBulletin {
  const others = { GBP: '110', CNY: '12', KZT: '0.19' };
  const rates = Object.entries({ EUR: euro, USD: dollar, ...others }).map(([currency, value]) => ({
    currency,
    value,
    nominal: 1,
    isInverse: false,
  }));
  return { asOf, rates: [...rates, { currency: 'JPY', value: '53', nominal: 100, isInverse: false }] };
}
