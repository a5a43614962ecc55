import { randomUUID } from 'node:crypto';
import { openRedis, type RedisClient } from '@kopeck/cache';
import { TOPICS, type NotificationRequest } from '@kopeck/contracts';
import {
  BankClient,
  expected,
  fundedAccount,
  newCustomer,
  signIn,
  type Account,
} from '../support/bank-client.js';
import { eventually } from '../support/eventually.js';
import { minorOf, scaledRate } from '../support/exact-rate.js';
import { LedgerCheck } from '../support/ledger-check.js';
import { RateFeed } from '../support/rate-feed.js';
import { RateLoad } from '../support/rate-load.js';
import { RawKafka, type SeenMessage } from '../support/raw-kafka.js';
import { startSystem, type RunningSystem } from '../support/system.js';

/** What a feed's change may take on its way to whoever asks or waits. */
const WITHIN_MS = 2_000;
const REFILLED_WITHIN_MS = 5_000;
const DAY_MS = 86_400_000;
const FLUSHES = 20;
const ANSWERS_BETWEEN_FLUSHES = 12;

/** With a feed of our own, which says what the test wants it to say. */
describe('rates that move', () => {
  let system: RunningSystem;
  let feed: RateFeed;
  let operator: BankClient;
  let anna: BankClient;
  let euros: Account;
  let roubles: Account;

  beforeAll(async () => {
    feed = await RateFeed.start();
    system = await startSystem({ settings: { 'currency-converter': feed.environment } });
    await eventually(
      async () => expect(await euro()).toMatchObject({ isSnapshot: false, source: 'bank-of-russia' }),
      { withinMs: 30_000 },
    );
  }, 120_000);

  afterAll(async () => {
    await system?.leave();
    await feed?.stop();
  }, 60_000);

  beforeEach(async () => {
    feed.set('EUR', '96.0000');
    await eventually(async () => expect((await euro()).exchangeRate).toBe('96.0000000000'));
    // Sessions live in Redis, which a test before may have emptied.
    operator = await signIn(system.url, system.operator.email, system.operator.password);
    anna = await newCustomer(system.url, 'Anna');
    euros = await fundedAccount(anna, operator, 'EUR', '1000.00');
    roubles = await anna.openAccount('RUB');
  }, 30_000);

  const euro = async () =>
    expected(200, await new BankClient(system.url).get('/rates?base=EUR&quote=RUB')).data[0];
  const post = async (path: string, body: object) =>
    expected(201, await anna.send('POST', path, { body, headers: { 'idempotency-key': randomUUID() } }));
  const orderTo = (change: object) =>
    post('/orders', {
      debitAccountId: euros.id,
      creditAccountId: roubles.id,
      sell: { amount: '100.00', currency: 'EUR' },
      buyCurrency: 'RUB',
      expiresAt: new Date(Date.now() + DAY_MS).toISOString(),
      ...change,
    });
  const orderOf = async (id: string) =>
    expected(200, await anna.get('/orders')).data.find((one: any) => one.id === id);

  it('are told within two seconds, with the rate before', async () => {
    feed.set('EUR', '96.9234');
    await eventually(
      async () =>
        expect(await euro()).toMatchObject({
          exchangeRate: '96.9234000000',
          previousRate: '96.0000000000',
          isSnapshot: false,
        }),
      { withinMs: WITHIN_MS },
    );
  });

  it('leave a quote as it is: what was agreed on holds', async () => {
    const quote = await anna.quote({
      debitAccountId: euros.id,
      creditAccountId: roubles.id,
      sell: { amount: '10.00', currency: 'EUR' },
      buyCurrency: 'RUB',
    });
    feed.set('EUR', '95.0000');
    await eventually(async () => expect((await euro()).exchangeRate).toBe('95.0000000000'));
    const transfer = expected(201, await anna.convert(quote.id));
    expect(transfer.conversion).toMatchObject({ settledAmount: quote.buy, exchangeRate: quote.exchangeRate });
    expect(await anna.balanceOf(roubles.id)).toBe(quote.buy.amount);
  });

  it('that jump wait for an operator', async () => {
    feed.set('EUR', '960.0000');
    const held = await eventually(
      async () => {
        const { data } = expected(200, await operator.get('/operator/rate-feeds'));
        const found = data.find(({ source }: any) => source === 'bank-of-russia').held;
        expect(found).toMatchObject({ jumps: [expect.objectContaining({ currency: 'EUR' })] });
        return found;
      },
      { withinMs: WITHIN_MS * 2 },
    );
    expect((await euro()).exchangeRate).toBe('96.0000000000');
    const body = { accept: false, reason: 'A typing mistake at the source' };
    const path = `/operator/rate-feeds/held/${held.bulletinId}/decision`;
    expect(expected(200, await operator.send('POST', path, { body })).held).toBeNull();
    expect((await operator.send('POST', path, { body })).status).toBe(404);
    expect((await euro()).exchangeRate).toBe('96.0000000000');
  }, 20_000);

  describe('orders', () => {
    it('convert once when the rate is reached, at the rate then', async () => {
      const order = await orderTo({ targetRate: '95.9' });
      expect(order).toMatchObject({ status: 'active', transferId: null });
      feed.set('EUR', '96.2000');
      await eventually(async () => expect((await euro()).exchangeRate).toBe('96.2000000000'));
      expect(await orderOf(order.id)).toMatchObject({ status: 'active' });
      // The target is the customer's own rate, so the middle has to go beyond it by the margin.
      feed.set('EUR', '97.0000');
      const { transferId } = await eventually(
        async () => {
          const one = await orderOf(order.id);
          expect(one).toMatchObject({ status: 'triggered', transferId: expect.any(String) });
          return one;
        },
        { withinMs: WITHIN_MS },
      );
      const transfer = await eventually(async () => {
        const one = expected(200, await anna.get(`/transfers/${transferId}`));
        expect(one).toMatchObject({ status: 'completed', kind: 'conversion' });
        return one;
      });
      expect(transfer.instructedAmount).toEqual({ amount: '100.00', currency: 'EUR' });
      expect(scaledRate(transfer.conversion.exchangeRate)).toBeGreaterThanOrEqual(
        scaledRate('95.9000000000'),
      );
      feed.set('EUR', '97.5000');
      await eventually(async () => expect((await euro()).exchangeRate).toBe('97.5000000000'));
      expect(await anna.balanceOf(euros.id)).toBe('900.00');
      expect(await anna.balanceOf(roubles.id)).toBe(transfer.conversion.settledAmount.amount);
      const late = await anna.send('DELETE', `/orders/${order.id}`);
      expect([late.status, late.body.code]).toEqual([409, 'state_conflict']);
    }, 30_000);

    it('convert at once where the rate is reached already', async () => {
      const { id } = await orderTo({ targetRate: '90' });
      await eventually(async () => expect(await anna.balanceOf(euros.id)).toBe('900.00'));
      expect(await orderOf(id)).toMatchObject({ status: 'triggered', transferId: expect.any(String) });
    }, 20_000);

    it('without the money for it end as a failed transfer', async () => {
      const sell = { amount: '1000.01', currency: 'EUR' };
      const order = await orderTo({ targetRate: '90', sell });
      const { transferId } = await eventually(async () => {
        const one = await orderOf(order.id);
        expect(one).toMatchObject({ status: 'triggered' });
        return one;
      });
      await eventually(async () =>
        expect(expected(200, await anna.get(`/transfers/${transferId}`))).toMatchObject({
          status: 'failed',
          reason: 'insufficient_funds',
        }),
      );
      expect(await anna.balanceOf(euros.id)).toBe('1000.00');
    }, 20_000);

    it('that were taken back stay undone', async () => {
      const order = await orderTo({ targetRate: '95.9' });
      expect(expected(200, await anna.send('DELETE', `/orders/${order.id}`)).status).toBe('cancelled');
      const other = await orderTo({ targetRate: '95.9' });
      feed.set('EUR', '97.0000');
      await eventually(async () => expect(await orderOf(other.id)).toMatchObject({ status: 'triggered' }));
      expect(await orderOf(order.id)).toMatchObject({ status: 'cancelled', transferId: null });
      await eventually(async () => expect(await anna.balanceOf(euros.id)).toBe('900.00'));
    }, 20_000);
  });

  describe('alerts', () => {
    let kafka: RawKafka;
    let told: SeenMessage[];

    beforeAll(async () => {
      kafka = await RawKafka.connect(system.brokers);
      told = await kafka.watch(TOPICS.notificationRequests.name);
    }, 30_000);

    afterAll(() => kafka?.close(), 30_000);

    it.each([
      { kind: 'at_or_above', rate: '96.5' },
      { kind: 'at_or_below', rate: '95.5' },
      { kind: 'moves_by', percent: '0.5' },
    ])(
      'of %j tell their owner once, within two seconds',
      async (body) => {
        const alert = await post('/rate-alerts', { base: 'EUR', quote: 'RUB', ...body });
        expect(alert).toMatchObject({ status: 'active', startRate: '96.0000000000' });
        const reached = body.kind === 'at_or_below' ? '95.4500' : '96.5500';
        feed.set('EUR', reached);
        const { id: customerId } = expected(200, await anna.get('/me'));
        const mine = () =>
          told
            .map(({ value }) => JSON.parse(value!.toString()) as NotificationRequest)
            .filter((request) => request.customerId === customerId && request.type === 'rate_alert');
        await eventually(() => expect(mine()).toHaveLength(1), { withinMs: WITHIN_MS });
        await eventually(async () =>
          expect(expected(200, await anna.get('/rate-alerts')).data).toMatchObject([
            { id: alert.id, status: 'told', toldRate: `${reached}000000` },
          ]),
        );
        feed.set('EUR', '95.9000');
        await eventually(async () => expect((await euro()).exchangeRate).toBe('95.9000000000'));
        expect(mine()).toHaveLength(1);
      },
      20_000,
    );
  });

  describe('when Redis forgets everything', () => {
    let redis: RedisClient;

    beforeAll(async () => {
      redis = await openRedis();
    });
    afterAll(() => redis?.onApplicationShutdown());

    it('are right or not told at all, and back within five seconds', async () => {
      await redis.flushall();
      const flushedAt = Date.now();
      await eventually(async () => expect((await euro()).exchangeRate).toBe('96.0000000000'), {
        withinMs: REFILLED_WITHIN_MS,
      });
      expect(Date.now() - flushedAt).toBeLessThan(REFILLED_WITHIN_MS);
    });

    it('price no conversion wrongly, however often that happens', async () => {
      const load = await RateLoad.start(anna, { from: euros, to: roubles, askers: 6, converters: 2 });
      try {
        for (let flush = 0; flush < FLUSHES; flush += 1) {
          await redis.flushall();
          const before = load.answers;
          await eventually(() => expect(load.answers).toBeGreaterThan(before + ANSWERS_BETWEEN_FLUSHES));
        }
      } finally {
        await load.stop();
      }
      expect([...load.prices]).toEqual(['96.0000000000']);
      expect([...load.refusals].filter((refusal) => refusal !== '503 rates_unavailable')).toEqual([]);
      const client = await load.signedIn();
      const sold = 100_000n - minorOf(await client.balanceOf(euros.id));
      // 201 is the only answer after which money has moved: a session that is gone is noticed before.
      expect(sold).toBe(100n * BigInt(load.conversions));
      expect(load.conversions).toBeGreaterThan(0);
      const bought = (100n * 96_0000n * 995n) / (10_000n * 1_000n);
      expect(minorOf(await client.balanceOf(roubles.id))).toBe(BigInt(load.conversions) * bought);

      const check = new LedgerCheck(system.databaseUrl);
      try {
        await eventually(() => check.expectNothingPending());
        await check.expectSound();
      } finally {
        await check.close();
      }
    }, 60_000);
  });
});
