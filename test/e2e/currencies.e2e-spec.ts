import { randomInt, randomUUID } from 'node:crypto';
import pg from 'pg';
import {
  BankClient,
  deposit,
  expected,
  fundedAccount,
  newCustomer,
  signIn,
  type Account,
} from '../support/bank-client.js';
import { eventually } from '../support/eventually.js';
import { expectCross, minorOf, scaledRate } from '../support/exact-rate.js';
import { LedgerCheck } from '../support/ledger-check.js';
import { sharedSystem, type SharedSystem } from '../support/system.js';

const RATE = /^\d+\.\d{10}$/;
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** Without internet: the rates are those of the shipped snapshot, and say so. */
describe('currencies', () => {
  let system: SharedSystem;
  let database: pg.Pool;
  let operator: BankClient;
  let anna: BankClient;
  let boris: BankClient;
  let euros: Account;
  let roubles: Account;
  let boriss: Account;

  const anybody = () => new BankClient(system.url);

  beforeAll(async () => {
    system = await sharedSystem();
    database = new pg.Pool({ connectionString: system.databaseUrl, max: 1 });
    operator = await signIn(system.url, system.operator.email, system.operator.password);
    await eventually(async () => expected(200, await anybody().get('/rates')), { withinMs: 30_000 });
  }, 120_000);

  afterAll(async () => {
    await database?.end();
  }, 60_000);

  beforeEach(async () => {
    [anna, boris] = await Promise.all([newCustomer(system.url, 'Anna'), newCustomer(system.url, 'Boris')]);
    [euros, roubles, boriss] = await Promise.all([
      fundedAccount(anna, operator, 'EUR', '1000.00'),
      anna.openAccount('RUB'),
      boris.openAccount('RUB'),
    ]);
  }, 30_000);

  const rate = async (base: string, quote: string) =>
    expected(200, await anybody().get(`/rates?base=${base}&quote=${quote}`)).data[0];
  const sellQuote = (amount: string, to: object = { creditAccountId: roubles.id }) =>
    anna.quote({
      debitAccountId: euros.id,
      ...to,
      sell: { amount, currency: 'EUR' },
      buyCurrency: 'RUB',
    });
  const annasBalances = () => Promise.all([anna.balanceOf(euros.id), anna.balanceOf(roubles.id)]);

  describe('rates', () => {
    it('are those of the snapshot, and say so', async () => {
      const answer = await anybody().get('/rates');
      const { data } = expected(200, answer);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(data.map(({ base }: any) => base)).toEqual(expect.arrayContaining(['USD', 'EUR', 'CNY', 'JPY']));
      for (const one of data) {
        expect(one).toMatchObject({
          quote: 'RUB',
          exchangeRate: expect.stringMatching(RATE),
          inverse: expect.stringMatching(RATE),
          source: 'bank-of-russia',
          asOf: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
          isSnapshot: true,
          isOverridden: false,
        });
      }
    });

    it('of any pair come from one source and one day', async () => {
      const [eur, usd, cross] = await Promise.all([
        rate('EUR', 'RUB'),
        rate('USD', 'RUB'),
        rate('EUR', 'USD'),
      ]);
      expect([usd.asOf, cross.asOf]).toEqual([eur.asOf, eur.asOf]);
      expect([usd.source, cross.source]).toEqual([eur.source, eur.source]);
      expectCross(eur.exchangeRate, usd.exchangeRate, cross.exchangeRate);
    });

    it('have a history', async () => {
      const { asOf } = await rate('EUR', 'RUB');
      const to = new Date(Date.parse(`${asOf}T00:00:00Z`) + 2 * 86_400_000).toISOString();
      const history = expected(200, await anybody().get(`/rates/EUR/RUB/history?to=${to}&step=day`));
      expect(history).toMatchObject({ base: 'EUR', quote: 'RUB', step: 'day', to });
      expect(history.points.length).toBeGreaterThan(0);
      for (const { min, avg, max, close } of history.points) {
        for (const text of [min, avg, max, close]) expect(text).toMatch(RATE);
        expect(scaledRate(min)).toBeLessThanOrEqual(scaledRate(avg));
        expect(scaledRate(avg)).toBeLessThanOrEqual(scaledRate(max));
      }
    });

    it('estimate a conversion at the rate a quote would have', async () => {
      const estimate = expected(200, await anybody().get('/convert?from=EUR&to=RUB&amount=100.00'));
      const quote = await sellQuote('100.00');
      for (const field of ['sell', 'buy', 'exchangeRate', 'inverse', 'midRate', 'markup', 'asOf'] as const)
        expect(estimate[field]).toEqual((quote as any)[field]);
    });

    it('that no source has are set by an operator, for a while', async () => {
      const unknown = await anybody().get('/rates?base=KWD&quote=RUB');
      expect([unknown.status, unknown.body.code]).toEqual([422, 'rate_unknown']);
      const body = {
        source: 'bank-of-russia',
        currency: 'KWD',
        rate: '271.5',
        reason: 'No source has it',
        expiresAt: inMs(600_000),
      };
      const override = expected(201, await operator.send('POST', '/operator/rate-overrides', { body }));
      await eventually(async () =>
        expect(await rate('KWD', 'RUB')).toMatchObject({
          exchangeRate: '271.5000000000',
          isOverridden: true,
        }),
      );
      const dinars = await anna.openAccount('KWD');
      const quote = await anna.quote({
        debitAccountId: euros.id,
        creditAccountId: dinars.id,
        buy: { amount: '1.234', currency: 'KWD' },
        sellCurrency: 'EUR',
      });
      expected(201, await anna.convert(quote.id));
      expect(await anna.balanceOf(dinars.id)).toBe('1.234');
      expected(200, await operator.send('DELETE', `/operator/rate-overrides/${override.id}`));
      await eventually(async () =>
        expect((await anybody().get('/rates?base=KWD&quote=RUB')).body.code).toBe('rate_unknown'),
      );
      const { data } = expected(200, await operator.get('/operator/rate-feeds'));
      expect(data.map(({ source }: any) => source).sort()).toEqual(['bank-of-russia', 'ecb']);
    }, 30_000);
  });

  describe('a quote', () => {
    it('says the whole price and until when it holds', async () => {
      const quote = await sellQuote('100.00');
      expect(quote).toMatchObject({
        debitAccountId: euros.id,
        creditAccountNumber: roubles.number,
        side: 'sell',
        sell: { amount: '100.00', currency: 'EUR' },
        markup: '0.005000',
        isSnapshot: true,
        status: 'open',
        transferId: null,
      });
      expect(quote.midRate).toBe((await rate('EUR', 'RUB')).exchangeRate);
      // 100.00 EUR at the customer's rate, cut off to whole kopecks: both have two decimals.
      expect(minorOf(quote.buy.amount)).toBe((10_000n * scaledRate(quote.exchangeRate)) / 10n ** 10n);
      const holdsMs = Date.parse(quote.expiresAt) - Date.now();
      expect(holdsMs).toBeGreaterThan(20_000);
      expect(holdsMs).toBeLessThan(35_000);
      expect(expected(200, await anna.get(`/quotes/${quote.id}`))).toEqual(quote);
      expect((await boris.get(`/quotes/${quote.id}`)).status).toBe(404);
    });

    it('buys exactly what was asked for', async () => {
      const quote = await anna.quote({
        debitAccountId: euros.id,
        creditAccountId: roubles.id,
        buy: { amount: '5000.01', currency: 'RUB' },
        sellCurrency: 'EUR',
      });
      expect(quote).toMatchObject({ side: 'buy', buy: { amount: '5000.01', currency: 'RUB' } });
      expected(201, await anna.convert(quote.id));
      expect(await anna.balanceOf(roubles.id)).toBe('5000.01');
    });

    it('is one under one key', async () => {
      const body = {
        debitAccountId: euros.id,
        creditAccountId: roubles.id,
        sell: { amount: '1.00', currency: 'EUR' },
        buyCurrency: 'RUB',
      };
      const headers = { 'idempotency-key': randomUUID() };
      const answers = await Promise.all(
        Array.from({ length: 10 }, () => anna.send('POST', '/quotes', { body, headers })),
      );
      expect(new Set(answers.map((answer) => expected(201, answer).id)).size).toBe(1);
      const other = { ...body, sell: { amount: '2.00', currency: 'EUR' } };
      const reused = await anna.send('POST', '/quotes', { body: other, headers });
      expect([reused.status, reused.body.code]).toEqual([422, 'idempotency_key_reused']);
    });

    it('is not given for less than the smallest unit', async () => {
      const yen = await fundedAccount(anna, operator, 'JPY', '10');
      const answer = await anna.send('POST', '/quotes', {
        body: {
          debitAccountId: yen.id,
          creditAccountId: euros.id,
          sell: { amount: '1', currency: 'JPY' },
          buyCurrency: 'EUR',
        },
      });
      expect([answer.status, answer.body.code]).toEqual([422, 'amount_too_small']);
    });
  });

  describe('a conversion', () => {
    it('moves money in both currencies, with the quote as its receipt', async () => {
      const quote = await sellQuote('100.00');
      const answer = await anna.convert(quote.id, randomUUID(), { body: { reference: 'Отпуск' } });
      const transfer = expected(201, answer);
      const { status: _status, transferId: _transferId, ...agreed } = quote as any;
      expect(transfer).toMatchObject({
        kind: 'conversion',
        status: 'completed',
        debitAccountId: euros.id,
        creditAccountId: roubles.id,
        instructedAmount: { amount: '100.00', currency: 'EUR' },
        conversion: { settledAmount: quote.buy, exchangeRate: quote.exchangeRate, quote: agreed },
        reference: 'Отпуск',
      });
      expect(answer.headers.get('location')).toBe(`/api/v1/transfers/${transfer.id}`);
      expect(await annasBalances()).toEqual(['900.00', quote.buy.amount]);
      expect(expected(200, await anna.get(`/quotes/${quote.id}`))).toMatchObject({
        status: 'used',
        transferId: transfer.id,
      });
      await eventually(async () =>
        expect(expected(200, await anna.get(`/transfers/${transfer.id}`))).toEqual(transfer),
      );
      const { data } = expected(200, await anna.get(`/accounts/${roubles.id}/entries`));
      expect(data).toMatchObject([{ transferId: transfer.id, kind: 'conversion', amount: quote.buy }]);
      const steps = expected(200, await anna.get(`/transfers/${transfer.id}/events`)).data;
      expect(steps.at(-1)).toMatchObject({ type: 'completed' });
    });

    it('pays somebody else in their currency', async () => {
      const quote = await sellQuote('10.00', { creditAccountNumber: boriss.number });
      const { id } = expected(201, await anna.convert(quote.id));
      expect(await boris.balanceOf(boriss.id)).toBe(quote.buy.amount);
      await eventually(async () => {
        const received = expected(200, await boris.get(`/transfers/${id}`));
        expect(received).toMatchObject({
          debitAccountId: null,
          creditAccountId: boriss.id,
          conversion: { settledAmount: quote.buy, exchangeRate: quote.exchangeRate, quote: null },
        });
        expect(JSON.stringify(received)).not.toContain(euros.id);
      });
    });

    it('takes a quote once', async () => {
      const quote = await sellQuote('100.00');
      const key = randomUUID();
      const first = await anna.convert(quote.id, key);
      expected(201, first);
      const replay = await anna.convert(quote.id, key);
      expect([replay.status, replay.body]).toEqual([201, first.body]);
      expect(replay.headers.get('idempotent-replayed')).toBe('true');
      const second = await anna.convert(quote.id);
      expect([second.status, second.body.code]).toEqual([422, 'quote_used']);
      expect(await annasBalances()).toEqual(['900.00', quote.buy.amount]);
      await eventually(async () =>
        expect(expected(200, await anna.get(`/transfers/${second.body.transferId}`))).toMatchObject({
          status: 'failed',
          reason: 'quote_used',
        }),
      );
    });

    it('is one of twenty that race for a quote', async () => {
      const quote = await sellQuote('100.00');
      const answers = await Promise.all(Array.from({ length: 20 }, () => anna.convert(quote.id)));
      expect(answers.map(({ status, body }) => body.code ?? status).sort()).toEqual([
        201,
        ...Array.from({ length: 19 }, () => 'quote_used'),
      ]);
      expect(await annasBalances()).toEqual(['900.00', quote.buy.amount]);
    });

    it('is one under one key, a hundred times at once', async () => {
      const quote = await sellQuote('100.00');
      const key = randomUUID();
      const answers = await Promise.all(Array.from({ length: 100 }, () => anna.convert(quote.id, key)));
      for (const answer of answers) expect([answer.status, answer.body]).toEqual([201, answers[0]!.body]);
      expect(answers.filter(({ headers }) => !headers.has('idempotent-replayed'))).toHaveLength(1);
      expect(await annasBalances()).toEqual(['900.00', quote.buy.amount]);
    }, 60_000);

    it('under the key of another quote is refused', async () => {
      const [one, other] = [await sellQuote('1.00'), await sellQuote('2.00')];
      const key = randomUUID();
      expected(201, await anna.convert(one.id, key));
      const reused = await anna.convert(other.id, key);
      expect([reused.status, reused.body.code]).toEqual([422, 'idempotency_key_reused']);
      const reworded = await anna.convert(one.id, key, { body: { reference: 'Something else' } });
      expect([reworded.status, reworded.body.code]).toEqual([422, 'idempotency_key_reused']);
      expect(await anna.balanceOf(euros.id)).toBe('999.00');
      expected(201, await anna.convert(other.id));
    });

    it('comes too late for an expired quote', async () => {
      const quote = await sellQuote('100.00');
      await database.query(
        `UPDATE fx.quote SET created_at = created_at - interval '1 minute',
           expires_at = clock_timestamp() - interval '1 millisecond' WHERE id = $1`,
        [quote.id],
      );
      const key = randomUUID();
      const late = await anna.convert(quote.id, key);
      expect([late.status, late.body.code]).toEqual([422, 'quote_expired']);
      expect(late.body.detail).toMatch(/No money moved/);
      expect((await anna.convert(quote.id, key)).body).toEqual(late.body);
      expect(await annasBalances()).toEqual(['1000.00', '0.00']);
      expect(expected(200, await anna.get(`/quotes/${quote.id}`)).status).not.toBe('open');
    });

    it.each([
      ['prefer', 'wait=20'],
      ['prefer', 'respond-async'],
    ])('of a quote of nobody’s or another’s is refused (%s: %s)', async (name, value) => {
      const quote = await sellQuote('1.00');
      for (const [client, id] of [
        [boris, quote.id],
        [anna, randomUUID()],
      ] as const) {
        const answer = await client.convert(id, randomUUID(), { headers: { [name]: value } });
        expect([answer.status, answer.body.code]).toEqual([422, 'quote_not_found']);
      }
      expect(expected(200, await anna.get(`/quotes/${quote.id}`)).status).toBe('open');
    });

    it('that nobody waits for becomes final by itself', async () => {
      const quote = await sellQuote('4.00');
      const headers = { prefer: 'respond-async' };
      const accepted = await anna.convert(quote.id, randomUUID(), { headers });
      expect(accepted.status).toBe(202);
      expect(accepted.body).toMatchObject({
        kind: 'conversion',
        status: 'pending',
        instructedAmount: { amount: '4.00', currency: 'EUR' },
        conversion: { settledAmount: quote.buy },
      });
      await eventually(async () =>
        expect(expected(200, await anna.get(`/transfers/${accepted.body.id}`)).status).toBe('completed'),
      );
    });

    it('without the money for it ends as failed, and takes the quote with it', async () => {
      const quote = await sellQuote('1000.01');
      const answer = await anna.convert(quote.id);
      expect([answer.status, answer.body.code]).toEqual([422, 'insufficient_funds']);
      expect((await anna.convert(quote.id)).body.code).toBe('quote_used');
      expect(await annasBalances()).toEqual(['1000.00', '0.00']);
    });

    it('into an account of another currency is refused', async () => {
      const dollars = await boris.openAccount('USD');
      const quote = await sellQuote('1.00', { creditAccountNumber: dollars.number });
      const answer = await anna.convert(quote.id);
      expect([answer.status, answer.body.code]).toEqual([422, 'currency_mismatch']);
    });

    it('there and back never gains, whatever the amount and the decimals', async () => {
      const yen = await anna.openAccount('JPY');
      for (let turn = 0; turn < 12; turn += 1) {
        const amountMinor = randomInt(100, 5_000);
        const amount = (amountMinor / 100).toFixed(2);
        const before = minorOf(await anna.balanceOf(euros.id));
        const there = await anna.quote({
          debitAccountId: euros.id,
          creditAccountId: yen.id,
          sell: { amount, currency: 'EUR' },
          buyCurrency: 'JPY',
        });
        expected(201, await anna.convert(there.id));
        const back = await anna.quote({
          debitAccountId: yen.id,
          creditAccountId: euros.id,
          sell: there.buy,
          buyCurrency: 'EUR',
        });
        expected(201, await anna.convert(back.id));
        expect(minorOf(await anna.balanceOf(euros.id))).toBeLessThan(before);
        expect(await anna.balanceOf(yen.id)).toBe('0');
      }
    }, 60_000);
  });

  it('leaves books that balance in each currency, margin and rounding included', async () => {
    const quote = await sellQuote('123.45');
    const { id } = expected(201, await anna.convert(quote.id));
    const { rows } = await database.query(
      `SELECT a.kind, e.currency, e.amount_minor::text AS amount FROM ledger.entry e
       JOIN ledger.account a ON a.id = e.account_id WHERE e.transfer_id = $1`,
      [id],
    );
    const amountOf = (kind: string, currency: string) =>
      BigInt(rows.find((row) => row.kind === kind && row.currency === currency)?.amount ?? 0);
    expect(rows.length).toBeGreaterThanOrEqual(4);
    expect(amountOf('customer', 'EUR')).toBe(-12_345n);
    expect(amountOf('fx_position', 'EUR')).toBe(12_345n);
    expect(amountOf('customer', 'RUB')).toBe(minorOf(quote.buy.amount));
    expect(amountOf('revenue', 'RUB')).toBeGreaterThan(0n);
    expect(amountOf('rounding', 'RUB')).toBeGreaterThanOrEqual(0n);
    const others = amountOf('customer', 'RUB') + amountOf('revenue', 'RUB') + amountOf('rounding', 'RUB');
    expect(amountOf('fx_position', 'RUB')).toBe(-others);

    const check = new LedgerCheck(system.databaseUrl);
    try {
      await check.expectSound();
      await eventually(() => check.expectNothingPending());
    } finally {
      await check.close();
    }
  });

  it('lets a deposit of one currency and a conversion share an account', async () => {
    expected(201, await deposit(operator, roubles, '10.00'));
    const quote = await sellQuote('1.00');
    expected(201, await anna.convert(quote.id));
    expect(minorOf(await anna.balanceOf(roubles.id))).toBe(1_000n + minorOf(quote.buy.amount));
  });
});
