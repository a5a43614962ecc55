import { BankClient, expected, signIn } from '../support/bank-client.js';
import { eventually } from '../support/eventually.js';
import { scaledRate } from '../support/exact-rate.js';
import { FeedScript } from '../support/feed-script.js';
import { startSystem, type RunningSystem } from '../support/system.js';

/** What a feed's change may take on its way to whoever asks. */
const WITHIN_MS = 2_000;

/** The whole way with the feeds that users try Kopeck with: both formats, conditional requests, faults. */
describe('npm run feed', () => {
  let system: RunningSystem;
  let feed: FeedScript;
  let operator: BankClient;

  beforeAll(async () => {
    feed = await FeedScript.start();
    system = await startSystem({ settings: { 'currency-converter': feed.environment } });
    operator = await signIn(system.url, system.operator.email, system.operator.password);
    await eventually(async () => expect(await rate('EUR', 'RUB')).toMatchObject({ isSnapshot: false }), {
      withinMs: 30_000,
    });
  }, 120_000);

  afterAll(async () => {
    await system?.leave();
    await feed?.stop();
  }, 60_000);

  const rate = async (base: string, quote: string) =>
    expected(200, await new BankClient(system.url).get(`/rates?base=${base}&quote=${quote}`)).data[0];
  const feedOf = async (source: string) =>
    expected(200, await operator.get('/operator/rate-feeds')).data.find((one: any) => one.source === source);

  it('moves rates, which are told within two seconds', async () => {
    const before = await rate('USD', 'RUB');
    await feed.tell('move', { currency: 'USD', percent: 2 });
    const after = await eventually(
      async () => {
        const one = await rate('USD', 'RUB');
        expect(one.exchangeRate).not.toBe(before.exchangeRate);
        return one;
      },
      { withinMs: WITHIN_MS },
    );
    expect(after.previousRate).toBe(before.exchangeRate);
    const [was, is] = [scaledRate(before.exchangeRate), scaledRate(after.exchangeRate)];
    // Two percent, as far as four decimals show it.
    expect(Number(is) / Number(was)).toBeCloseTo(1.02, 5);
  });

  it('has a history of the days before', async () => {
    const { data } = expected(200, await new BankClient(system.url).get('/rates?base=EUR&quote=USD'));
    expect(data[0].exchangeRate).toMatch(/^1\./);
    const path = '/rates/EUR/USD/history?from=2026-07-01&to=2026-10-01&step=week';
    const { points } = expected(200, await new BankClient(system.url).get(path));
    expect(points.length).toBeGreaterThan(5);
    for (const { at } of points) expect(new Date(at).getUTCDay()).toBe(1);
  });

  it.each(['html', 'truncated', 'absurd', '500'])(
    'that breaks (%s) changes no rate and is shown',
    async (kind) => {
      const before = await rate('EUR', 'RUB');
      await feed.tell('fault', { kind });
      await eventually(
        async () =>
          expect(await feedOf('bank-of-russia')).toMatchObject({
            lastError: expect.any(String),
            consecutiveFailures: expect.any(Number),
          }),
        { withinMs: 10_000 },
      );
      expect((await feedOf('bank-of-russia')).consecutiveFailures).toBeGreaterThan(0);
      expect(await rate('EUR', 'RUB')).toMatchObject({
        exchangeRate: before.exchangeRate,
        asOf: before.asOf,
      });
      await feed.tell('fault', { kind: 'none' });
      await eventually(
        async () => expect(await feedOf('bank-of-russia')).toMatchObject({ status: 'up', lastError: null }),
        { withinMs: 20_000 },
      );
      expect((await rate('EUR', 'RUB')).exchangeRate).toBe(before.exchangeRate);
    },
    45_000,
  );
});
