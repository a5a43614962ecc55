import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { isRefusal, TOPICS, type RateChange } from '@kopeck/contracts';
import { eventually } from '@kopeck/kafka';
import { bulletin, ConverterOnPostgresql, type Replica } from '../testing/converter-on-postgresql.js';
import { RatesUnavailable, RateUnknown } from './rate-errors.js';
import { rateTextOf } from './rate-text.js';

describe('rates on PostgreSQL and Redis', () => {
  let converter: ConverterOnPostgresql;
  let replica: Replica;
  const operatorId = randomUUID();

  beforeEach(async () => {
    converter = await ConverterOnPostgresql.create();
    replica = converter.replica({ RATE_SOURCES: 'bank-of-russia', RATES_SNAPSHOT: 'never' });
  }, 30_000);

  afterEach(() => converter?.drop(), 30_000);

  const euro = async (of: Replica = replica) => rateTextOf((await of.current.pair('EUR', 'RUB')).exact);
  const changes = () => converter.valuesOf<RateChange>(TOPICS.rateChanges.name);

  it('are none before a source has spoken', async () => {
    await expect(euro()).rejects.toThrow(RatesUnavailable);
  });

  it('are what the source said, published once, and crossed over its pivot', async () => {
    expect(await converter.say(replica, '96')).toBe('accepted');
    expect(await euro()).toBe('96.0000000000');
    expect(rateTextOf((await replica.current.pair('EUR', 'USD')).exact)).toBe('1.2000000000');
    expect(changes()).toContainEqual(
      expect.objectContaining({ base: 'EUR', quote: 'RUB', oldRate: null, newRate: '96.0000000000' }),
    );
    converter.sent.length = 0;
    expect(await converter.say(replica, '96')).toBe('known');
    expect(await converter.say(replica, '97')).toBe('accepted');
    expect(changes()).toMatchObject([{ base: 'EUR', oldRate: '96.0000000000', newRate: '97.0000000000' }]);
    await expect(replica.current.pair('KWD', 'EUR')).rejects.toThrow(RateUnknown);
  });

  it('come back when Redis has forgotten them, whoever asks, and by themselves within five seconds', async () => {
    await converter.say(replica, '96');
    await converter.redis.flushdb();
    expect(await euro()).toBe('96.0000000000');
    replica.current.onApplicationBootstrap();
    await converter.redis.flushdb();
    await eventually(async () => expect(await replica.store.read('bank-of-russia')).toBeDefined(), 15_000);
    await replica.current.beforeApplicationShutdown();
  }, 15_000);

  it('are unavailable while Redis is away, and never old', async () => {
    await converter.say(replica, '96');
    converter.redis.disconnect();
    await expect(euro()).rejects.toThrow(RatesUnavailable);
    await converter.redis.connect();
    expect(await euro()).toBe('96.0000000000');
  });

  it('of an older version never replace newer ones', async () => {
    await converter.say(replica, '96');
    const older = (await replica.store.read('bank-of-russia'))!;
    await converter.say(replica, '97');
    await replica.store.write(older);
    expect(await euro()).toBe('97.0000000000');
  });

  it.each([
    ['nobody has confirmed them for long', `UPDATE fx.feed SET confirmed_at = now() - interval '25 hours'`],
    ['they are of a day long ago', `UPDATE fx.bulletin SET as_of = as_of - 20`],
  ])('are not told when %s', async (_, sql) => {
    await converter.say(replica, '96');
    await converter.temporary.query(sql);
    await converter.redis.flushdb();
    await expect(euro()).rejects.toThrow(RatesUnavailable);
  });

  it('come from no snapshot where none may be used, though one is stored', async () => {
    const trying = converter.replica();
    await trying.feeds.ensure(['bank-of-russia']);
    await trying.taking.takeSnapshots(['bank-of-russia']);
    expect(await euro(trying)).toBe('96.0077000000');
    await expect(euro()).rejects.toThrow('never answered');
  });

  it('are not those that Redis comes back with, when they changed while it was away', async () => {
    await converter.say(replica, '96');
    await converter.say(replica, '97');
    await converter.redis.set('rates:current:bank-of-russia', await textOf('96'));
    expect(await euro()).toBe('97.0000000000');
  });

  /** What Redis would hold of an earlier revision. */
  async function textOf(rate: string): Promise<string> {
    const rates = (await replica.current.refill('bank-of-russia'))!;
    const older = { ...rates, revision: rates.revision - 1, prices: { ...rates.prices, EUR: [rate, '1'] } };
    return JSON.stringify(JSON.stringify(older));
  }

  it('that were superseded while they waited may come again', async () => {
    await converter.say(replica, '96');
    expect(await converter.say(replica, '120')).toBe('held');
    expect(await converter.say(replica, '110')).toBe('held');
    expect(await converter.say(replica, '100')).toBe('accepted');
    expect(await converter.say(replica, '110')).toBe('accepted');
    expect(await euro()).toBe('110.0000000000');
  });

  it('stay as they are when a source talks nonsense', async () => {
    await converter.say(replica, '96');
    converter.sent.length = 0;
    const nonsense = { asOf: '2026-01-01', rates: bulletin('96').rates };
    const none = { etag: null, lastModified: null };
    await expect(replica.taking.take('bank-of-russia', nonsense, none)).rejects.toThrow('known already');
    const gone = {
      ...bulletin('96'),
      rates: bulletin('96').rates.filter(({ currency }) => currency !== 'USD'),
    };
    await expect(replica.taking.take('bank-of-russia', gone, none)).rejects.toThrow('USD');
    expect(await euro()).toBe('96.0000000000');
    expect(converter.sent).toEqual([]);
  });

  describe('that jump', () => {
    async function held(): Promise<string> {
      await converter.say(replica, '96');
      expect(await converter.say(replica, '120')).toBe('held');
      expect(await converter.say(replica, '120')).toBe('waits');
      expect(await euro()).toBe('96.0000000000');
      const [feed] = await replica.watching.list();
      expect(feed!.held!.jumps).toEqual([
        { currency: 'EUR', oldRate: '96.0000000000', newRate: '120.0000000000' },
      ]);
      return feed!.held!.bulletinId;
    }

    it('count when an operator accepts them', async () => {
      const bulletinId = await held();
      const decision = { bulletinId, operatorId, isAccepted: true, reason: 'The bank has said why' };
      expect(await replica.watching.decide(decision)).toMatchObject({ held: null });
      expect(await euro()).toBe('120.0000000000');
      expect(await replica.watching.decide(decision)).toMatchObject({ refused: true, code: 'not_found' });
    });

    it('never count when an operator refuses them, however often they are said', async () => {
      const bulletinId = await held();
      await replica.watching.decide({
        bulletinId,
        operatorId,
        isAccepted: false,
        reason: 'A typing mistake',
      });
      expect(await converter.say(replica, '120')).toBe('waits');
      expect(await euro()).toBe('96.0000000000');
      expect(await converter.say(replica, '97')).toBe('accepted');
    });
  });

  describe('set by an operator', () => {
    const wanted = (expiresInMs: number) => ({
      overrideId: randomUUID(),
      operatorId,
      source: 'bank-of-russia' as const,
      currency: 'EUR',
      rate: '100.5',
      reason: 'The feed is wrong today',
      expiresAt: new Date(Date.now() + expiresInMs).toISOString(),
    });

    it('count instead of the source’s, say so, and end by hand', async () => {
      await converter.say(replica, '96');
      const override = await replica.overrides.set(wanted(60_000));
      if (isRefusal(override)) throw new Error(override.detail);
      expect(await replica.current.pair('EUR', 'RUB')).toMatchObject({ isOverridden: true });
      expect(await euro()).toBe('100.5000000000');
      expect(await replica.current.pair('USD', 'RUB')).toMatchObject({ isOverridden: false });
      await converter.say(replica, '97');
      expect(await euro()).toBe('100.5000000000');
      await replica.overrides.end({ overrideId: override.overrideId, operatorId });
      expect(await euro()).toBe('97.0000000000');
      expect(
        changes()
          .filter(({ base }) => base === 'EUR')
          .map(({ newRate }) => newRate),
      ).toEqual(['96.0000000000', '100.5000000000', '97.0000000000']);
    });

    it('end when their time is over', async () => {
      await converter.say(replica, '96');
      await replica.overrides.set(wanted(800));
      replica.overrides.onApplicationBootstrap();
      await eventually(async () => expect(await euro()).toBe('96.0000000000'), 15_000);
      await replica.overrides.beforeApplicationShutdown();
    }, 15_000);

    it('give a currency a price that no source has, and are the same when set again', async () => {
      await converter.say(replica, '96');
      const dinar = { ...wanted(60_000), currency: 'KWD', rate: '260' };
      const first = await replica.overrides.set(dinar);
      expect(await replica.overrides.set(dinar)).toEqual(first);
      expect(await replica.overrides.set({ ...dinar, rate: '260.00' })).toEqual(first);
      expect(rateTextOf((await replica.current.pair('KWD', 'RUB')).exact)).toBe('260.0000000000');
      expect(await replica.overrides.set({ ...dinar, rate: '261' })).toMatchObject({
        code: 'idempotency_key_reused',
      });
    });

    it.each([
      ['the pivot', { currency: 'RUB' }],
      ['a time gone by', { expiresAt: '2026-01-01T00:00:00.000Z' }],
      ['a time too far', { expiresAt: '2030-01-01T00:00:00.000Z' }],
    ])('are refused for %s', async (_, more) => {
      await converter.say(replica, '96');
      expect(await replica.overrides.set({ ...wanted(60_000), ...more })).toMatchObject({
        code: 'validation_failed',
      });
    });
  });

  it('are published when the broker is back, each change once', async () => {
    converter.brokerIsAway = true;
    await converter.say(replica, '96');
    expect(await euro()).toBe('96.0000000000');
    converter.brokerIsAway = false;
    await replica.publishing.publishDue();
    await replica.publishing.publishDue();
    expect(changes().filter(({ base }) => base === 'EUR')).toHaveLength(1);
  });

  it('are asked for by one replica at a time', async () => {
    await replica.feeds.ensure(['bank-of-russia']);
    const other = converter.replica({}, await converter.anotherDatabase());
    const claims = await Promise.all(
      [replica, other, replica, other].map(({ feeds }) => feeds.claim('bank-of-russia', 60_000)),
    );
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
  });

  it('come from the snapshot until a source has spoken, and say so', async () => {
    const both = converter.replica();
    await both.feeds.ensure(['bank-of-russia', 'ecb']);
    await both.taking.takeSnapshots(['bank-of-russia', 'ecb']);
    await both.taking.takeSnapshots(['bank-of-russia', 'ecb']);
    expect(await both.current.pair('USD', 'RUB')).toMatchObject({ isSnapshot: true, asOf: '2026-09-30' });
    await converter.say(both, '150', '140');
    expect(await both.current.pair('USD', 'RUB')).toMatchObject({ isSnapshot: false, previous: null });
    const [days] = await converter.temporary.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM fx.bulletin WHERE source = 'ecb'`,
    );
    expect(days!.count).toBe(277);
  }, 30_000);
});
