import {
  ACCOUNT_QUESTIONS,
  CONVERSION_QUESTIONS,
  refusal,
  TRANSFER_QUESTIONS,
  transferIdOf,
  type CreateQuote,
  type QuoteView,
} from '@kopeck/contracts';
import { quoteOf, termsOf } from '../../quotes/quote.samples.js';
import { startGateway, type GatewayUnderTest } from '../../testing/gateway-under-test.js';
import { requestOf, resultOf } from '../../transfers/transfer.samples.js';
import { BrowserUnderTest, hiddenFieldsOf, textOf } from '../testing/browser-under-test.js';
import { ANNA_ID, EUROS, EUROS_ID, ROUBLES, ROUBLES_ID } from '../testing/page.samples.js';

const FORM = { from: EUROS_ID, to: ROUBLES_ID, side: 'sell', amount: '100' };
const inMs = (ms: number) => new Date(Date.now() + ms).toISOString();

describe('converting money', () => {
  let gateway: GatewayUnderTest;
  let anna: BrowserUnderTest;
  let quote: QuoteView;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    anna = new BrowserUnderTest(gateway).signIn('customer', ANNA_ID);
    gateway.services.asked.length = 0;
    gateway.services.sent.length = 0;
    gateway.services.onSend = () => undefined;
    gateway.services.answers = {
      [ACCOUNT_QUESTIONS.list.pattern]: () => [EUROS, ROUBLES],
      [ACCOUNT_QUESTIONS.read.pattern]: ({ accountId }: { accountId: string }) =>
        [EUROS, ROUBLES].find((account) => account.accountId === accountId) ?? refusal('not_found', 'none'),
      [CONVERSION_QUESTIONS.createQuote.pattern]: (request: CreateQuote) =>
        (quote = quoteOf({
          ...request,
          side: request.buyMinor === undefined ? 'sell' : 'buy',
          expiresAt: inMs(30_000),
        })),
      [CONVERSION_QUESTIONS.readQuote.pattern]: () => quote,
      [TRANSFER_QUESTIONS.read.pattern]: () => refusal('not_found', 'none'),
    };
  });

  const ask = async (fields: Record<string, string> = FORM) =>
    anna.follow(await anna.submit('/convert', '/convert', fields));

  it('shows the price whole: both amounts, rate, inverse, margin, source, age, and how long it holds', async () => {
    const { text } = await ask();
    const words = textOf(text);
    expect(words).toMatch(/Leaves 100\.00 EUR Arrives 9,194\.50 RUB/);
    for (const fact of [
      '1 EUR = 91.9451 RUB',
      '1 RUB = 0.0108761 EUR',
      '0.50%',
      'Bank of Russia',
      '30 September 2026',
    ])
      expect(words).toContain(fact);
    expect(text).toMatch(/data-countdown="(29|30)"/);
    expect(text).toMatch(/http-equiv="refresh" content="3[01]"/);
  });

  it('asks for what should arrive as well', async () => {
    await ask({ ...FORM, side: 'buy', amount: '1 000,50' });
    expect(
      gateway.services.asked.find(({ pattern }) => pattern.endsWith('create-quote'))?.request,
    ).toMatchObject({
      buyMinor: '100050',
      buyCurrency: 'RUB',
      sellCurrency: 'EUR',
      creditAccountNumber: ROUBLES.number,
    });
  });

  it('takes the price once, however often it is sent', async () => {
    gateway.services.onSend = (request) => {
      const asked = requestOf({ ...request, kind: 'conversion', debitAccountId: EUROS_ID });
      gateway.desk.onResult(resultOf(asked, { conversion: termsOf(quote) }));
    };
    const { text } = await ask();
    const action = `/convert/${quote.quoteId}`;
    const [one, two] = [
      await anna.post(action, hiddenFieldsOf(text, action)),
      await anna.post(action, hiddenFieldsOf(text, action)),
    ];
    expect(one.location).toBe(`/transfers/${transferIdOf(ANNA_ID, quote.quoteId)}`);
    expect(two.location).toBe(one.location);
    const ids = gateway.services.sent.map(({ value }) => (value as { transferId: string }).transferId);
    expect(new Set(ids)).toEqual(new Set([transferIdOf(ANNA_ID, quote.quoteId)]));
  });

  it('offers a new price where this one has expired, for the same amount', async () => {
    await ask();
    quote = { ...quote, status: 'expired', expiresAt: inMs(-1_000) };
    const page = await anna.get(`/convert/${quote.quoteId}`);
    expect(textOf(page.text)).toContain('This price has expired. No money moved');
    const again = hiddenFieldsOf(page.text, '/convert');
    expect(again).toMatchObject({
      from: quote.debitAccountId,
      to: ROUBLES_ID,
      side: 'sell',
      amount: '100.00',
    });
    expect(page.text).not.toContain(`action="/convert/${quote.quoteId}"`);
  });

  it.each<[string, Record<string, string>, string]>([
    ['the same account twice', { to: EUROS_ID }, 'Choose another of your accounts'],
    ['more than there is', { amount: '120.01' }, 'You have 120.00 EUR available'],
    ['too many decimals', { amount: '1.2345' }, 'EUR has 2 decimals'],
  ])('refuses %s', async (_, change, words) => {
    const { status, text } = await anna.submit('/convert', '/convert', { ...FORM, ...change });
    expect(status).toBe(422);
    expect(textOf(text)).toContain(words);
  });

  it('says what the converter refuses in the person’s words, and 503 without current rates', async () => {
    gateway.services.answers[CONVERSION_QUESTIONS.createQuote.pattern] = () =>
      refusal('amount_too_small', 'internal words');
    const small = await anna.submit('/convert', '/convert', FORM);
    expect(small.status).toBe(422);
    expect(textOf(small.text)).toContain('worth less than the smallest unit');
    gateway.services.answers[CONVERSION_QUESTIONS.createQuote.pattern] = () =>
      refusal('rates_unavailable', 'internal words');
    const none = await anna.submit('/convert', '/convert', FORM);
    expect(none.status).toBe(503);
    expect(textOf(none.text)).toContain('We never quote an old rate');
  });
});
