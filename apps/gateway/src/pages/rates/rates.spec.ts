import { CONVERSION_QUESTIONS, RATE_QUESTIONS, refusal, type PlaceAlert } from '@kopeck/contracts';
import { RATE } from '../../quotes/quote.samples.js';
import { startGateway, type GatewayUnderTest } from '../../testing/gateway-under-test.js';
import { BrowserUnderTest, textOf } from '../testing/browser-under-test.js';
import { ANNA_ID } from '../testing/page.samples.js';

const ALERT_ID = '55555555-5555-4555-8555-555555555555';

describe('pages of rates', () => {
  let gateway: GatewayUnderTest;
  let anna: BrowserUnderTest;
  let placed: PlaceAlert[];

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    placed = [];
    anna = new BrowserUnderTest(gateway).signIn('customer', ANNA_ID);
    const alert = {
      alertId: ALERT_ID,
      base: 'EUR',
      quote: 'RUB',
      kind: 'at_or_above',
      rate: '95.0000000000',
      percent: null,
      startRate: RATE.rate,
      status: 'active',
      createdAt: RATE.confirmedAt,
      toldAt: null,
      toldRate: null,
    };
    gateway.services.answers = {
      [RATE_QUESTIONS.list.pattern]: () => [RATE],
      [RATE_QUESTIONS.history.pattern]: () => ({
        base: 'EUR',
        quote: 'RUB',
        source: 'ecb',
        step: 'day',
        points: ['90.1', '95.5', '92.4'].map((close, day) => ({
          at: `2026-09-0${day + 1}T00:00:00Z`,
          min: close,
          avg: close,
          max: close,
          close,
        })),
      }),
      [CONVERSION_QUESTIONS.listAlerts.pattern]: () => ({ data: [alert], nextCursor: null }),
      [CONVERSION_QUESTIONS.placeAlert.pattern]: (request: PlaceAlert) => {
        placed.push(request);
        return { ...alert, ...request };
      },
      [CONVERSION_QUESTIONS.cancelAlert.pattern]: () => ({ ...alert, status: 'cancelled' }),
    };
  });

  it('are open to anybody: rate, change by word and sign, source and day', async () => {
    const { text } = await new BrowserUnderTest(gateway).get('/rates');
    expect(textOf(text)).toMatch(/EUR Euro 92\.4071 up \+0\.32%/);
    expect(textOf(text)).toContain('Bank of Russia, rates for 30 September 2026');
  });

  it('say that there are none rather than show an old one', async () => {
    gateway.services.answers[RATE_QUESTIONS.list.pattern] = () => refusal('rates_unavailable', 'old');
    for (const path of ['/rates', '/rates/EUR/RUB']) {
      const { status, text } = await new BrowserUnderTest(gateway).get(path);
      expect([path, status]).toEqual([path, 200]);
      expect(textOf(text)).toContain('There are no current rates');
    }
  });

  it('draw the history, and tell it in words and numbers', async () => {
    const { text } = await new BrowserUnderTest(gateway).get('/rates/EUR/RUB?period=30d');
    expect(textOf(text)).toContain('From 90.1000 to 92.4000; the least was 90.1000, the most 95.5000.');
    expect(textOf(text)).toContain('The same in numbers');
    expect(textOf(text)).toContain('Sign in to be told');
    for (const path of ['/rates/EUR/EUR', '/rates/EUR/XXX', '/rates/eur/RUB'])
      expect([path, (await anna.get(path)).status]).toEqual([path, 404]);
  });

  it('take alerts as they are typed in either language, and take them back', async () => {
    const address = '/rates/EUR/RUB';
    const done = await anna.follow(
      await anna.submit(address, address, { kind: 'at_or_below', value: '90,5' }),
    );
    expect(textOf(done.text)).toContain('We will tell you once');
    await anna.submit(address, address, { kind: 'moves_by', value: '2.5 %' });
    expect(placed).toMatchObject([
      { customerId: ANNA_ID, base: 'EUR', quote: 'RUB', kind: 'at_or_below', rate: '90.5' },
      { kind: 'moves_by', percent: '2.5' },
    ]);
    const gone = await anna.submit(address, `/rate-alerts/${ALERT_ID}/cancellation`);
    expect(gone.location).toBe(address);
  });

  it.each([
    [{ kind: 'x', value: '1' }, 'Choose when'],
    [{ kind: 'at_or_above', value: '0' }, 'Enter a rate above zero'],
    [{ kind: 'moves_by', value: '1000' }, 'Enter a percentage'],
  ])('refuse %j', async (fields, words) => {
    const { status, text } = await anna.submit('/rates/EUR/RUB', '/rates/EUR/RUB', fields);
    expect(status).toBe(422);
    expect(textOf(text)).toContain(words);
    expect(placed).toEqual([]);
  });
});
