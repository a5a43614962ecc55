import { RATE_QUESTIONS, refusal, type ReadRateHistory } from '@kopeck/contracts';
import { DeadlineExceeded } from '@kopeck/kafka';
import { ESTIMATE, ORIGIN, RATE } from '../quotes/quote.samples.js';
import { callGateway, expectProblem } from '../testing/gateway-caller.js';
import { startGateway, type GatewayUnderTest } from '../testing/gateway-under-test.js';

describe('rates over HTTP', () => {
  let gateway: GatewayUnderTest;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.asked.length = 0;
    gateway.services.answers = {
      [RATE_QUESTIONS.list.pattern]: () => [RATE],
      [RATE_QUESTIONS.convert.pattern]: () => ESTIMATE,
      [RATE_QUESTIONS.history.pattern]: ({ base, quote, step }: ReadRateHistory) => ({
        base,
        quote,
        source: 'ecb',
        step,
        points: [{ at: '2026-09-30T00:00:00Z', min: '1', avg: '2', max: '3', close: '2.5' }],
      }),
    };
  });

  const get = (path: string) => callGateway(gateway, path);

  it('are told to anybody, as strings, with where they come from, and kept by nobody', async () => {
    const answer = await get('/rates?base=EUR&quote=RUB');
    expect(answer.status).toBe(200);
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['ratelimit']).toBeTruthy();
    expect(answer.body.data).toEqual([
      {
        base: 'EUR',
        quote: 'RUB',
        exchangeRate: '92.4071000000',
        inverse: '0.0108216793',
        previousRate: '92.1103000000',
        ...ORIGIN,
      },
    ]);
    expect(gateway.services.asked).toEqual([
      { pattern: RATE_QUESTIONS.list.pattern, request: { base: 'EUR', quote: 'RUB' } },
    ]);
    expect((await get('/rates')).status).toBe(200);
  });

  it.each([
    ['base=CHF', 'base'],
    ['quote=eur', 'quote'],
    ['base=', 'base'],
    ['base=EUR&quote=EUR', 'quote'],
    ['base=EUR&base=USD', 'base'],
    ['of=EUR', 'of'],
  ])('say what is wrong with %s', async (query, parameter) => {
    const answer = await get(`/rates?${query}`);
    expectProblem(answer, 422, 'validation_failed');
    expect(answer.body.errors).toMatchObject([{ parameter }]);
    expect(gateway.services.asked).toEqual([]);
  });

  it('are refused rather than guessed', async () => {
    gateway.services.answers[RATE_QUESTIONS.list.pattern] = () =>
      refusal('rate_unknown', 'No source has KWD.');
    expectProblem(await get('/rates?base=KWD&quote=EUR'), 422, 'rate_unknown');
    gateway.services.answers[RATE_QUESTIONS.list.pattern] = () =>
      refusal('rates_unavailable', 'The rates are being read anew.');
    const away = await get('/rates');
    expectProblem(away, 503, 'rates_unavailable');
    expect(away.headers['retry-after']).toBe('1');
    gateway.services.answers[RATE_QUESTIONS.list.pattern] = () => {
      throw new DeadlineExceeded('late');
    };
    expectProblem(await get('/rates'), 504, 'deadline_exceeded');
  });

  it('estimate a conversion', async () => {
    const answer = await get('/convert?from=EUR&to=RUB&amount=100.00');
    expect(answer.body).toEqual({
      sell: { amount: '100.00', currency: 'EUR' },
      buy: { amount: '9194.50', currency: 'RUB' },
      exchangeRate: '91.9450645000',
      inverse: '0.0108760596',
      midRate: '92.4071000000',
      markup: '0.005000',
      ...ORIGIN,
    });
    expect(gateway.services.asked[0]!.request).toEqual({ from: 'EUR', to: 'RUB', amountMinor: '10000' });
  });

  it.each([
    ['from=EUR&to=RUB', 'amount'],
    ['from=EUR&to=RUB&amount=100', 'amount'],
    ['from=JPY&to=RUB&amount=100.00', 'amount'],
    ['from=EUR&to=RUB&amount=0.00', 'amount'],
    ['from=EUR&to=RUB&amount=-1.00', 'amount'],
    ['from=EUR&to=RUB&amount=1e5', 'amount'],
    ['from=EUR&to=EUR&amount=1.00', 'to'],
    ['from=XXX&to=EUR&amount=1.00', 'from'],
    ['to=EUR&amount=1.00', 'from'],
  ])('estimate nothing for %s', async (query, parameter) => {
    const answer = await get(`/convert?${query}`);
    expectProblem(answer, 422, 'validation_failed');
    expect(answer.body.errors).toMatchObject([{ parameter }]);
  });

  it('have a history of thirty days where nobody says how long', async () => {
    const answer = await get('/rates/EUR/RUB/history');
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({ base: 'EUR', quote: 'RUB', source: 'ecb', step: 'day' });
    expect(answer.body.points).toHaveLength(1);
    const { from, to } = gateway.services.asked[0]!.request as unknown as ReadRateHistory;
    expect(Date.parse(to) - Date.parse(from)).toBe(30 * 86_400_000);
    expect([answer.body.from, answer.body.to]).toEqual([from, to]);
  });

  it('have no history of what is no pair', async () => {
    for (const path of ['EUR/XXX', 'eur/RUB', 'EUR/EUR', '%00/RUB', 'EURO/RUB'])
      expectProblem(await get(`/rates/${path}/history`), 404, 'not_found');
    expect(gateway.services.asked).toEqual([]);
  });

  it.each([
    ['from=2026-10-02&to=2026-10-01', 'from'],
    ['from=2026-10-01&to=2026-10-01', 'from'],
    ['from=2026-02-30', 'from'],
    ['to=yesterday', 'to'],
    ['step=minute', 'step'],
    ['from=2020-01-01&to=2026-01-01&step=hour', 'step'],
    ['from=1000-01-01&step=month', 'step'],
  ])('say what is wrong with a history of %s', async (query, parameter) => {
    const answer = await get(`/rates/EUR/RUB/history?${query}`);
    expectProblem(answer, 422, 'validation_failed');
    expect(answer.body.errors).toMatchObject([{ parameter }]);
  });
});
