import { ACCOUNT_QUESTIONS, CONVERSION_QUESTIONS, quoteIdOf, refusal } from '@kopeck/contracts';
import { callGateway, expectProblem } from '../testing/gateway-caller.js';
import { startGateway, type GatewayUnderTest } from '../testing/gateway-under-test.js';
import { AGREED as agreed, quoteOf } from './quote.samples.js';

const quote = quoteOf();
const { customerId: CUSTOMER_ID, debitAccountId: ACCOUNT_ID, quoteId } = quote;

describe('quotes over HTTP', () => {
  let gateway: GatewayUnderTest;
  let anna: string;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.asked.length = 0;
    gateway.services.answers = {
      [CONVERSION_QUESTIONS.createQuote.pattern]: (request: object) => ({ ...quote, ...request }),
      [CONVERSION_QUESTIONS.readQuote.pattern]: () => quote,
    };
    anna = gateway.signIn('customer', CUSTOMER_ID);
  });

  const sell = {
    debitAccountId: ACCOUNT_ID,
    creditAccountNumber: 'qp68 kpck 0000 1234 5678',
    sell: agreed.sell,
    buyCurrency: 'RUB',
  };
  const ask = (body: unknown, headers: Record<string, string> = {}) =>
    callGateway(gateway, '/quotes', { method: 'POST', as: anna, body, headers });

  it('are given for an amount to sell, with their place', async () => {
    const answer = await ask(sell);
    expect(answer.status).toBe(201);
    const { id } = answer.body;
    expect(answer.headers['location']).toBe(`/api/v1/quotes/${id}`);
    expect(answer.body).toEqual({ ...agreed, id, status: 'open', transferId: null });
    expect(gateway.services.asked[0]!.request).toEqual({
      quoteId: id,
      customerId: CUSTOMER_ID,
      debitAccountId: ACCOUNT_ID,
      creditAccountNumber: quote.creditAccountNumber,
      sellCurrency: 'EUR',
      buyCurrency: 'RUB',
      sellMinor: '10000',
    });
    const read = await callGateway(gateway, `/quotes/${quoteId}`, { as: anna });
    expect(read.body).toEqual({ ...agreed, status: 'open', transferId: null });
  });

  it('are given for an amount to buy', async () => {
    const { sell: _, buyCurrency: __, ...rest } = sell;
    gateway.services.answers[CONVERSION_QUESTIONS.createQuote.pattern] = (request: object) => ({
      ...quote,
      side: 'buy',
      ...request,
    });
    const answer = await ask({ ...rest, buy: agreed.buy, sellCurrency: 'EUR' });
    expect(answer.status).toBe(201);
    expect(gateway.services.asked[0]!.request).toMatchObject({ buyMinor: '919450', sellCurrency: 'EUR' });
    expect(gateway.services.asked[0]!.request).not.toHaveProperty('sellMinor');
  });

  it('are one under one key, and none under a key of another quote', async () => {
    const key = { 'idempotency-key': 'price-1' };
    expect((await ask(sell, key)).body.id).toBe(quoteIdOf(CUSTOMER_ID, 'price-1'));
    expect((await ask(sell, key)).body.id).toBe(quoteIdOf(CUSTOMER_ID, 'price-1'));
    gateway.services.answers[CONVERSION_QUESTIONS.createQuote.pattern] = () => quoteOf({ sellMinor: '5' });
    expectProblem(await ask(sell, key), 422, 'idempotency_key_reused');
  });

  describe('to an account named by its id', () => {
    const { creditAccountNumber: _, ...rest } = sell;
    const byId = { ...rest, creditAccountId: CUSTOMER_ID };
    const account = { number: quote.creditAccountNumber, currency: 'RUB' };

    it('take the number of the asker’s own account', async () => {
      gateway.services.answers[ACCOUNT_QUESTIONS.read.pattern] = () => account;
      expect((await ask(byId)).status).toBe(201);
      expect(gateway.services.asked[0]).toEqual({
        pattern: ACCOUNT_QUESTIONS.read.pattern,
        request: { accountId: CUSTOMER_ID, customerId: CUSTOMER_ID },
      });
      expect(gateway.services.asked[1]!.request).toMatchObject({ creditAccountNumber: account.number });
    });

    it('say that it isn’t one, or not of that currency', async () => {
      gateway.services.answers[ACCOUNT_QUESTIONS.read.pattern] = () => refusal('account_not_found', 'none');
      const unknown = await ask(byId);
      expectProblem(unknown, 422, 'validation_failed');
      expect(unknown.body.errors).toMatchObject([{ pointer: '#/creditAccountId' }]);
      gateway.services.answers[ACCOUNT_QUESTIONS.read.pattern] = () => ({ ...account, currency: 'USD' });
      expectProblem(await ask(byId), 422, 'currency_mismatch');
    });
  });

  const { buyCurrency: _, ...withoutOther } = sell;
  const { sell: __, buyCurrency: ___, ...neither } = sell;
  it.each<[string, object, string[]]>([
    ['no amount', neither, ['#']],
    ['both amounts', { ...sell, buy: agreed.buy, sellCurrency: 'EUR' }, ['#']],
    ['no other currency', withoutOther, ['#/buyCurrency']],
    ['null for the other currency', { ...sell, buyCurrency: null }, ['#/buyCurrency']],
    ['the same currency', { ...sell, buyCurrency: 'EUR' }, ['#/buyCurrency']],
    ['a currency given twice', { ...sell, sellCurrency: 'USD' }, ['#/sellCurrency']],
    ['a currency nobody sells', { ...sell, sell: { amount: '1.00', currency: 'CHF' } }, ['#/sell/currency']],
    ['a currency nobody buys', { ...sell, buyCurrency: 'CHF' }, ['#/buyCurrency']],
    ['a number for an amount', { ...sell, sell: { amount: 1, currency: 'EUR' } }, ['#/sell/amount']],
    ['text for money', { ...sell, sell: '100.00 EUR' }, ['#/sell']],
    ['no payer', { ...sell, debitAccountId: undefined }, ['#/debitAccountId']],
    ['no recipient', { ...sell, creditAccountNumber: undefined }, ['#/creditAccountId']],
    ['two recipients', { ...sell, creditAccountId: CUSTOMER_ID }, ['#/creditAccountNumber']],
    ['a mistyped number', { ...sell, creditAccountNumber: 'QP76' }, ['#/creditAccountNumber']],
  ])('are refused for %s', async (_what, body, pointers) => {
    const answer = await ask(body);
    expectProblem(answer, 422, 'validation_failed');
    expect(answer.body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(pointers);
    expect(gateway.services.asked).toEqual([]);
  });

  it('are another’s as little as nobody’s', async () => {
    gateway.services.answers[CONVERSION_QUESTIONS.readQuote.pattern] = () =>
      refusal('quote_not_found', 'secret detail');
    const answer = await callGateway(gateway, `/quotes/${quoteId}`, { as: anna });
    expectProblem(answer, 404, 'not_found');
    expect(answer.text).not.toContain('secret');
  });

  it.each([
    ['rate_unknown', 422],
    ['amount_too_small', 422],
    ['limit_exceeded', 422],
    ['rates_unavailable', 503],
  ])('pass on %s', async (code, status) => {
    gateway.services.answers[CONVERSION_QUESTIONS.createQuote.pattern] = () => refusal(code, 'In words.');
    expectProblem(await ask(sell), status, code);
  });
});
