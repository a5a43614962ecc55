import {
  CONVERSION_QUESTIONS,
  rateAlertIdOf,
  refusal,
  type AlertView,
  type PlaceAlert,
} from '@kopeck/contracts';
import { callGateway, expectProblem, type CallOptions } from '../testing/gateway-caller.js';
import { startGateway, type GatewayUnderTest } from '../testing/gateway-under-test.js';

const CUSTOMER_ID = '11111111-1111-4111-8111-111111111111';
const reach = { base: 'EUR', quote: 'RUB', kind: 'at_or_above', rate: '95' };
const move = { base: 'EUR', quote: 'RUB', kind: 'moves_by', percent: '2.5' };

function viewOf(request: PlaceAlert): AlertView {
  const { customerId: _customerId, rate, percent, ...alert } = request;
  return {
    ...alert,
    rate: rate === undefined ? null : `${rate}.0000000000`,
    percent: percent ?? null,
    startRate: '92.4071000000',
    status: 'active',
    createdAt: '2026-10-01T09:30:00.000Z',
    toldAt: null,
    toldRate: null,
  };
}

describe('rate alerts over HTTP', () => {
  let gateway: GatewayUnderTest;
  let anna: string;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.asked.length = 0;
    gateway.services.answers = { [CONVERSION_QUESTIONS.placeAlert.pattern]: viewOf };
    anna = gateway.signIn('customer', CUSTOMER_ID);
  });

  const call = (path: string, options: CallOptions = {}) =>
    callGateway(gateway, path, { as: anna, ...options });
  const place = (body: object, headers: Record<string, string> = {}) =>
    call('/rate-alerts', { method: 'POST', body, headers });

  it('are placed for a rate or for a move', async () => {
    const one = await place(reach, { 'idempotency-key': 'alert-1' });
    expect(one.status).toBe(201);
    expect(one.body).toEqual({
      id: rateAlertIdOf(CUSTOMER_ID, 'alert-1'),
      ...reach,
      rate: '95.0000000000',
      percent: null,
      startRate: '92.4071000000',
      status: 'active',
      createdAt: '2026-10-01T09:30:00.000Z',
      toldAt: null,
      toldRate: null,
    });
    const other = await place(move);
    expect(other.body).toMatchObject({ kind: 'moves_by', rate: null, percent: '2.5' });
    expect(other.body.id).not.toBe(one.body.id);
  });

  it('are another one under a key that was used', async () => {
    gateway.services.answers[CONVERSION_QUESTIONS.placeAlert.pattern] = (request: PlaceAlert) => ({
      ...viewOf(request),
      rate: '96.0000000000',
    });
    expectProblem(await place(reach, { 'idempotency-key': 'alert-1' }), 422, 'idempotency_key_reused');
  });

  it('are listed and taken back by their owner', async () => {
    const alertId = rateAlertIdOf(CUSTOMER_ID, 'alert-1');
    const view = viewOf({ ...reach, alertId, customerId: CUSTOMER_ID } as PlaceAlert);
    gateway.services.answers = {
      [CONVERSION_QUESTIONS.listAlerts.pattern]: () => ({ data: [view], nextCursor: null }),
      [CONVERSION_QUESTIONS.cancelAlert.pattern]: () => ({ ...view, status: 'cancelled' }),
    };
    expect((await call('/rate-alerts')).body).toMatchObject({ data: [{ id: alertId }], nextCursor: null });
    const cancelled = await call(`/rate-alerts/${alertId}`, { method: 'DELETE' });
    expect([cancelled.status, cancelled.body.status]).toEqual([200, 'cancelled']);
    for (const { request } of gateway.services.asked) expect(request['customerId']).toBe(CUSTOMER_ID);
    gateway.services.answers[CONVERSION_QUESTIONS.cancelAlert.pattern] = () => refusal('not_found', 'none');
    expectProblem(await call(`/rate-alerts/${alertId}`, { method: 'DELETE' }), 404, 'not_found');
  });

  it.each<[string, object, string]>([
    ['no rate', { ...reach, rate: undefined }, '#/rate'],
    ['a number for a rate', { ...reach, rate: 95 }, '#/rate'],
    ['percent beside a rate', { ...reach, percent: '1' }, '#/percent'],
    ['no percent', { ...move, percent: undefined }, '#/percent'],
    ['no move at all', { ...move, percent: '0.00' }, '#/percent'],
    ['a rate beside percent', { ...move, rate: '95' }, '#/rate'],
    ['an unknown kind', { ...reach, kind: 'above' }, '#/kind'],
    ['one currency twice', { ...reach, quote: 'EUR' }, '#/quote'],
    ['a currency nobody deals in', { ...reach, base: 'CHF' }, '#/base'],
  ])('are refused for %s', async (_what, body, pointer) => {
    const answer = await place(body);
    expectProblem(answer, 422, 'validation_failed');
    expect(answer.body.errors).toMatchObject([{ pointer }]);
    expect(gateway.services.asked).toEqual([]);
  });
});
