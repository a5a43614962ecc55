import {
  BankClient,
  expected,
  fundedAccount,
  newCustomer,
  signIn,
  type Account,
} from '../support/bank-client.js';
import { eventually } from '../support/eventually.js';
import { minorOf } from '../support/exact-rate.js';
import { LedgerCheck } from '../support/ledger-check.js';
import { OwnRedis } from '../support/own-redis.js';
import { RateFeed } from '../support/rate-feed.js';
import { RateLoad } from '../support/rate-load.js';
import { startSystem, type RunningSystem } from '../support/system.js';

/** Kills of each kind; `KOPECK_KILLS=20` is the long series. */
const KILLS = Number(process.env['KOPECK_KILLS'] ?? 2);
const REFILLED_WITHIN_MS = 5_000;
/** A dead consumer holds its partitions for one session timeout (10 s); the rest is room on a slow machine. */
const RECOVERY_MS = 60_000;
const CONVERSIONS_BETWEEN_KILLS = 15;
const START_MINOR = 1_000_000n;
const PRICE = '96.0000000000';
const AWAY = '503 rates_unavailable';
/** What one euro buys: 96 less half a percent, in kopecks. */
const KOPECKS_EACH = 9_552n;

/** The price doesn't move here, so every answer that says another one is wrong. */
describe('conversions under crashes', () => {
  let redis: OwnRedis;
  let feed: RateFeed;
  let system: RunningSystem;
  let ledger: LedgerCheck;
  let operator: BankClient;

  beforeAll(async () => {
    [redis, feed] = await Promise.all([OwnRedis.start(), RateFeed.start()]);
    system = await startSystem({
      settings: {
        gateway: { REDIS_URL: redis.url },
        'currency-converter': { ...feed.environment, REDIS_URL: redis.url },
      },
    });
    ledger = new LedgerCheck(system.databaseUrl);
    operator = await signIn(system.url, system.operator.email, system.operator.password);
    await eventually(async () => expect(await price()).toBe(PRICE), { withinMs: 30_000 });
  }, 120_000);

  afterAll(async () => {
    await ledger?.close();
    await system?.leave();
    await Promise.all([redis?.stop(), feed?.stop()]);
  }, 60_000);

  async function price(): Promise<string> {
    const answer = await new BankClient(system.url).get('/rates?base=EUR&quote=RUB');
    return expected(200, answer).data[0].exchangeRate;
  }

  /** Converts euro by euro while `crash` happens again and again. */
  async function convertDuring(crash: (load: RateLoad) => Promise<void>): Promise<RateLoad> {
    // Redis may be just back from the crash before.
    const anna = await eventually(() => newCustomer(system.url, 'Anna'), { withinMs: RECOVERY_MS });
    await eventually(async () => expected(200, await anna.get('/accounts')), { withinMs: RECOVERY_MS });
    // Sessions are gone when Redis was killed before its last write: the operator's too.
    operator = await signIn(system.url, system.operator.email, system.operator.password);
    const from = await fundedAccount(anna, operator, 'EUR', '10000.00');
    const to = await anna.openAccount('RUB');
    const load = await RateLoad.start(anna, { from, to, askers: 4, converters: 4 });
    try {
      for (let kill = 0; kill < KILLS; kill += 1) {
        await moreConversions(load);
        await crash(load);
      }
      await moreConversions(load);
    } finally {
      await load.stop();
    }
    await expectBooks(await load.signedIn(), from, to, load);
    return load;
  }

  function moreConversions(load: RateLoad): Promise<void> {
    const wanted = load.conversions + CONVERSIONS_BETWEEN_KILLS;
    return eventually(() => expect(load.conversions).toBeGreaterThanOrEqual(wanted), {
      withinMs: RECOVERY_MS,
    });
  }

  /** By the answers alone: each 201 sold one euro for its price, and nothing else has happened. */
  async function expectBooks(client: BankClient, from: Account, to: Account, load: RateLoad): Promise<void> {
    expect([...load.prices]).toEqual([PRICE]);
    const conversions = BigInt(load.conversions);
    expect(minorOf(await client.balanceOf(from.id))).toBe(START_MINOR - 100n * conversions);
    expect(minorOf(await client.balanceOf(to.id))).toBe(KOPECKS_EACH * conversions);
    await eventually(() => ledger.expectNothingPending(), { withinMs: RECOVERY_MS });
    await ledger.expectSound();
  }

  it(
    'kill -9 of Redis: no price while it is away, the right one within five seconds after',
    async () => {
      const load = await convertDuring(async ({ refusals }) => {
        refusals.delete(AWAY);
        await redis.kill();
        await eventually(() => expect([...refusals]).toContain(AWAY));
        await redis.restart();
        await eventually(async () => expect(await price()).toBe(PRICE), { withinMs: REFILLED_WITHIN_MS });
      });
      const allowed = /^50[34] (rates_unavailable|unavailable|deadline_exceeded)$/;
      expect([...load.refusals].filter((refusal) => !allowed.test(refusal))).toEqual([]);
    },
    (2 + KILLS) * 60_000,
  );

  it(
    'kill -9 of the currency-converter: each quote is one conversion or none',
    async () => {
      const load = await convertDuring(async () => {
        await system.kill('currency-converter');
        await system.start('currency-converter');
      });
      // A quote that lay too long while nobody was there has expired, which moves nothing.
      const allowed = /^(50[34] (rates_unavailable|unavailable|deadline_exceeded)|422 quote_expired)$/;
      expect([...load.refusals].filter((refusal) => !allowed.test(refusal))).toEqual([]);
    },
    (2 + KILLS) * 60_000,
  );
});
