import { CONVERSION_QUESTIONS, orderIdOf, refusal, type OrderView, type PlaceOrder } from '@kopeck/contracts';
import { quoteOf } from '../quotes/quote.samples.js';
import { callGateway, expectProblem, type CallOptions } from '../testing/gateway-caller.js';
import { startGateway, type GatewayUnderTest } from '../testing/gateway-under-test.js';

const { customerId: CUSTOMER_ID, debitAccountId, creditAccountNumber } = quoteOf();
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

const body = {
  debitAccountId,
  creditAccountNumber,
  sell: { amount: '100.00', currency: 'EUR' },
  buyCurrency: 'RUB',
  targetRate: '95.5',
  expiresAt: inDays(30),
};

/** As the converter stores it: rates with all their decimals. */
function viewOf(request: PlaceOrder): OrderView {
  const { customerId: _customerId, ...order } = request;
  return {
    ...order,
    targetRate: '95.5000000000',
    status: 'active',
    transferId: null,
    createdAt: '2026-10-01T09:30:00.000Z',
    triggeredAt: null,
  };
}

describe('orders over HTTP', () => {
  let gateway: GatewayUnderTest;
  let anna: string;
  let placed: OrderView;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.asked.length = 0;
    gateway.services.answers = {
      [CONVERSION_QUESTIONS.placeOrder.pattern]: (request: PlaceOrder) => (placed = viewOf(request)),
      [CONVERSION_QUESTIONS.listOrders.pattern]: () => ({ data: [placed], nextCursor: 'n+1' }),
      [CONVERSION_QUESTIONS.cancelOrder.pattern]: () => ({ ...placed, status: 'cancelled' }),
    };
    anna = gateway.signIn('customer', CUSTOMER_ID);
  });

  const call = (path: string, options: CallOptions = {}) =>
    callGateway(gateway, path, { as: anna, ...options });
  const place = (change: object = {}, headers: Record<string, string> = { 'idempotency-key': 'order-1' }) =>
    call('/orders', { method: 'POST', body: { ...body, ...change }, headers });

  it('are placed once under one key, listed and taken back', async () => {
    const answer = await place();
    const id = orderIdOf(CUSTOMER_ID, 'order-1');
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      id,
      debitAccountId,
      creditAccountNumber,
      sell: body.sell,
      buyCurrency: 'RUB',
      targetRate: '95.5000000000',
      status: 'active',
      transferId: null,
      createdAt: '2026-10-01T09:30:00.000Z',
      expiresAt: body.expiresAt,
      triggeredAt: null,
    });
    expect(gateway.services.asked[0]!.request).toMatchObject({ orderId: id, sellMinor: '10000' });
    expect((await place()).body.id).toBe(id);
    const list = await call('/orders?limit=1');
    expect(list.body).toEqual({ data: [answer.body], nextCursor: 'n+1' });
    expect(list.headers['link']).toBe('</api/v1/orders?limit=1&cursor=n%2B1>; rel="next"');
    const cancelled = await call(`/orders/${id}`, { method: 'DELETE' });
    expect([cancelled.status, cancelled.body]).toEqual([200, { ...answer.body, status: 'cancelled' }]);
    for (const { request } of gateway.services.asked) expect(request['customerId']).toBe(CUSTOMER_ID);
  });

  it('need a key that no other order has', async () => {
    expectProblem(await place({}, {}), 400, 'idempotency_key_missing');
    gateway.services.answers[CONVERSION_QUESTIONS.placeOrder.pattern] = (request: PlaceOrder) => ({
      ...viewOf(request),
      targetRate: '96.0000000000',
    });
    expectProblem(await place(), 422, 'idempotency_key_reused');
  });

  it('cannot be taken back once triggered, nor by another', async () => {
    const cancel = () => call(`/orders/${CUSTOMER_ID}`, { method: 'DELETE' });
    gateway.services.answers[CONVERSION_QUESTIONS.cancelOrder.pattern] = () =>
      refusal('state_conflict', 'The rate was reached. The transfer says how it ended.');
    expectProblem(await cancel(), 409, 'state_conflict');
    gateway.services.answers[CONVERSION_QUESTIONS.cancelOrder.pattern] = () => refusal('not_found', 'none');
    expectProblem(await cancel(), 404, 'not_found');
  });

  it.each<[string, object, string]>([
    ['a rate of nothing', { targetRate: '0' }, '#/targetRate'],
    ['a number for a rate', { targetRate: 95.5 }, '#/targetRate'],
    ['yesterday', { expiresAt: inDays(-1) }, '#/expiresAt'],
    ['the day after next year', { expiresAt: inDays(367) }, '#/expiresAt'],
    ['a day without a time', { expiresAt: '2026-12-31' }, '#/expiresAt'],
    ['for ever', { expiresAt: undefined }, '#/expiresAt'],
    ['the same currency', { buyCurrency: 'EUR' }, '#/buyCurrency'],
    ['no currency', { buyCurrency: undefined }, '#/buyCurrency'],
    ['nothing to sell', { sell: undefined }, '#/sell'],
    ['an amount to buy', { buy: body.sell }, '#/buy'],
  ])('are refused for %s', async (_what, change, pointer) => {
    const answer = await place(change);
    expectProblem(answer, 422, 'validation_failed');
    expect(answer.body.errors).toMatchObject([{ pointer }]);
    expect(gateway.services.asked).toEqual([]);
  });
});
