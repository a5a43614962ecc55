import { DELIVERY_QUESTIONS, refusal, type DeliveryDetails } from '@kopeck/contracts';
import { callGateway, expectProblem, type CallOptions } from '../testing/gateway-caller.js';
import { startGateway, type GatewayUnderTest } from '../testing/gateway-under-test.js';

const CUSTOMER_ID = '11111111-1111-4111-8111-111111111111';
const DELIVERY_ID = '33333333-3333-4333-8333-333333333333';
const ENDPOINT_ID = '44444444-4444-4444-8444-444444444444';

const { history, ...view }: DeliveryDetails = {
  deliveryId: DELIVERY_ID,
  notificationId: '55555555-5555-4555-8555-555555555555',
  type: 'transfer_received',
  channel: 'webhook',
  endpointId: ENDPOINT_ID,
  target: 'https://shop.example/hooks',
  status: 'waiting',
  attempts: 1,
  lastError: 'The endpoint answered 503',
  createdAt: '2026-03-01T09:30:00.000Z',
  dueAt: '2026-03-01T09:30:05.000Z',
  endedAt: null,
  history: [
    {
      attempt: 1,
      at: '2026-03-01T09:30:00.100Z',
      durationMs: 84,
      outcome: 'failed',
      responseCode: 503,
      error: 'The endpoint answered 503',
    },
  ],
};
const { deliveryId: id, ...facts } = view;
const shown = { id, ...facts };

describe('deliveries over HTTP', () => {
  let gateway: GatewayUnderTest;
  let anna: string;
  let operator: string;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.asked.length = 0;
    anna = gateway.signIn('customer', CUSTOMER_ID);
    operator = gateway.signIn('operator');
    gateway.services.answers = {
      [DELIVERY_QUESTIONS.list.pattern]: () => ({ data: [view], nextCursor: 'next' }),
      [DELIVERY_QUESTIONS.read.pattern]: () => ({ ...view, history }),
      [DELIVERY_QUESTIONS.retry.pattern]: () => view,
    };
  });

  const call = (path: string, options: CallOptions = {}) =>
    callGateway(gateway, path, { as: anna, ...options });
  const asked = () => gateway.services.asked.map(({ request }) => request);

  it('are listed by channel and status, for whom they are', async () => {
    const answer = await call('/notifications/deliveries?channel=webhook&status=waiting&limit=1');
    expect(answer.body).toEqual({ data: [shown], nextCursor: 'next' });
    expect(answer.headers['link']).toContain('&cursor=next>; rel="next"');
    expect(asked()).toEqual([
      { customerId: CUSTOMER_ID, channel: 'webhook', status: 'waiting', limit: 1, cursor: undefined },
    ]);
  });

  it('are read with their attempts, and sent again', async () => {
    const path = `/notifications/deliveries/${DELIVERY_ID}`;
    expect((await call(path)).body).toEqual({ ...shown, history });
    const again = await call(`${path}/retry`, { method: 'POST' });
    expect([again.status, again.body]).toEqual([202, shown]);
    const asAsked = { deliveryId: DELIVERY_ID, customerId: CUSTOMER_ID };
    expect(asked()).toEqual([asAsked, asAsked]);
  });

  it('of webhooks have the names that integrators look for', async () => {
    const answer = await call(`/webhook-deliveries?endpointId=${ENDPOINT_ID}`);
    expect(answer.body.data).toEqual([shown]);
    const again = await call(`/webhook-deliveries/${DELIVERY_ID}/retry`, { method: 'POST' });
    expect(again.status).toBe(202);
    expect(asked()).toMatchObject([
      { customerId: CUSTOMER_ID, channel: 'webhook', endpointId: ENDPOINT_ID },
      { customerId: CUSTOMER_ID, deliveryId: DELIVERY_ID },
    ]);
    expectProblem(await call('/webhook-deliveries?endpointId=x'), 422, 'validation_failed');
  });

  it('of others are not there', async () => {
    for (const question of [DELIVERY_QUESTIONS.read, DELIVERY_QUESTIONS.retry])
      gateway.services.answers[question.pattern] = () => refusal('not_found', 'none');
    const path = `/notifications/deliveries/${DELIVERY_ID}`;
    expectProblem(await call(path), 404, 'not_found');
    expectProblem(await call(`${path}/retry`, { method: 'POST' }), 404, 'not_found');
  });

  it('of everybody are an operator’s to see', async () => {
    const as = operator;
    expect((await call('/operator/deliveries?status=failed', { as })).body.data).toEqual([shown]);
    expect((await call(`/operator/deliveries/${DELIVERY_ID}`, { as })).body.history).toEqual(history);
    const again = await call(`/operator/deliveries/${DELIVERY_ID}/retry`, { method: 'POST', as });
    expect(again.status).toBe(202);
    for (const question of asked()) expect(question['customerId']).toBeUndefined();
    expectProblem(await call('/operator/deliveries'), 403, 'forbidden');
    expectProblem(await call('/webhook-deliveries', { as }), 403, 'forbidden');
  });

  it('have channels, whose state operators see', async () => {
    const health = [
      { channel: 'email', isConfigured: true, waiting: 4, oldestDueAt: null, delivered: 120, failed: 1 },
    ];
    gateway.services.answers[DELIVERY_QUESTIONS.health.pattern] = () => health;
    expect((await call('/operator/notification-channels', { as: operator })).body).toEqual({ data: health });
    expectProblem(await call('/operator/notification-channels'), 403, 'forbidden');
  });

  it.each(['channel=in_app', 'status=lost', 'limit=0', 'limit=201', 'customerId=x'])(
    'are not listed by %s',
    async (query) => {
      expectProblem(await call(`/notifications/deliveries?${query}`), 422, 'validation_failed');
    },
  );
});
