import { uuidV5 } from '@kopeck/contracts';
import { Database, type Transaction } from '@kopeck/database';
import { Producer } from '@kopeck/kafka';
import { Sweep } from '@kopeck/service';
import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ConversionRepository } from '../conversions/conversion.repository.js';
import { customerRateOf } from '../quotes/customer-rate.js';
import { quoteOf } from '../quotes/quote.js';
import { QuoteRepository } from '../quotes/quote.repository.js';
import { millionthsOf, QuoteSettings } from '../quotes/quote.settings.js';
import { CurrentRates, type PairRate } from '../rates/current-rates.service.js';
import { RatesUnavailable, RateUnknown } from '../rates/rate-errors.js';
import { messagesOf, transferIdOfOrder } from './order-messages.js';
import { OrderRepository, type Order, type Pair } from './order.repository.js';

const SWEEP_EVERY_MS = 2_000;
/** Whoever triggers an order sends what follows; what is older was left behind by a crash or an absent broker. */
const LEFT_BEHIND_MS = 2_000;
const MAX_AT_ONCE = 200;
const QUOTES = '7d0a9c1e-2b3f-4a5d-8e6c-9f1a2b3c4d77';

/**
 * Executes orders whose rate is reached, each once: an order's end, its quote and the quote's binding are one database
 * transaction; what is sent follows from what is stored, and is sent until the broker has it.
 */
@Injectable()
export class TriggerOrdersService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(TriggerOrdersService.name);
  private readonly sweeping = new Sweep(SWEEP_EVERY_MS, () => this.sweep(), 'Orders expire later');

  constructor(
    private readonly database: Database,
    private readonly orders: OrderRepository,
    private readonly quotes: QuoteRepository,
    private readonly conversions: ConversionRepository,
    private readonly rates: CurrentRates,
    private readonly producer: Producer,
    private readonly settings: QuoteSettings,
  ) {}

  /** After a change of rates: everything that somebody waits for. */
  async triggerAll(): Promise<void> {
    for (const pair of await this.orders.findPairs()) await this.trigger(pair);
  }

  async trigger({ base, quote }: Pair): Promise<void> {
    const rate = await this.rateOf(base, quote);
    if (!rate) return;
    const own = customerRateOf(rate.exact, this.markup).rate;
    for (;;) {
      const count = await this.database.transaction(async (tx) => {
        const reached = await this.orders.lockReached(tx, { base, quote }, own, MAX_AT_ONCE);
        for (const order of reached) await this.execute(tx, order, rate);
        return reached.length;
      });
      if (count > 0) await this.sendUnsent(0);
      if (count < MAX_AT_ONCE) return;
    }
  }

  onApplicationBootstrap(): void {
    this.sweeping.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.sweeping.stop();
  }

  /** Never throws: what isn't sent now is sent by the next sweep, the same again. */
  async sendUnsent(olderThanMs: number): Promise<void> {
    try {
      const ended = await this.orders.findUnsent(olderThanMs, MAX_AT_ONCE);
      if (ended.length === 0) return;
      const messages = await Promise.all(ended.map((order) => this.messagesOf(order)));
      await this.producer.send(messages.flat());
      await this.orders.markSent(ended.map(({ orderId }) => orderId));
    } catch (error) {
      this.log.warn(`What follows from orders waits to be sent: ${(error as Error).message}`);
    }
  }

  private async messagesOf(order: Order) {
    const found =
      order.quoteId === null ? undefined : await this.quotes.find(order.quoteId, order.customerId);
    return messagesOf(order, found?.stored);
  }

  /** An order that can't be quoted (worth nothing, or more than a transfer may move) ends like one whose time is over. */
  private async execute(tx: Transaction, order: Order, rate: PairRate): Promise<void> {
    const quoteId = uuidV5(QUOTES, order.orderId);
    const body = quoteOf({ ...order, quoteId }, rate, this.markup);
    if (typeof body === 'string') return this.orders.expire(tx, order.orderId);
    const transferId = transferIdOfOrder(order.orderId);
    await this.quotes.createBound(tx, body, this.settings.QUOTE_TTL_MS, transferId);
    await this.conversions.insert(tx, new Map([[transferId, { quoteId, refusal: null }]]));
    await this.orders.trigger(tx, order.orderId, quoteId, transferId);
  }

  private get markup(): bigint {
    return millionthsOf(this.settings.MARKUP);
  }

  /** Without a current rate nothing is triggered; the next change comes. */
  private async rateOf(base: string, quote: string): Promise<PairRate | undefined> {
    try {
      return await this.rates.pair(base, quote);
    } catch (error) {
      if (error instanceof RatesUnavailable || error instanceof RateUnknown) return undefined;
      throw error;
    }
  }

  /** Once a second: what has expired, and what a crash left unsent. */
  async sweep(): Promise<void> {
    try {
      await this.orders.expireDue(MAX_AT_ONCE);
    } catch (error) {
      this.log.warn(`Orders expire later: ${(error as Error).message}`);
    }
    await this.sendUnsent(LEFT_BEHIND_MS);
  }
}
