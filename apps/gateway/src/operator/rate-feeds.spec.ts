import {
  RATE_QUESTIONS,
  rateOverrideIdOf,
  refusal,
  type FeedView,
  type RateOverrideView,
} from '@kopeck/contracts';
import { callGateway, expectProblem, type CallOptions } from '../testing/gateway-caller.js';
import { startGateway, type GatewayUnderTest } from '../testing/gateway-under-test.js';

const OPERATOR_ID = '33333333-3333-4333-8333-333333333333';
const BULLETIN_ID = '44444444-4444-4444-8444-444444444444';
const inDays = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();

const body = {
  source: 'ecb',
  currency: 'KWD',
  rate: '2.98',
  reason: 'No source has it',
  expiresAt: inDays(7),
} as const;
const override: RateOverrideView = {
  ...body,
  overrideId: rateOverrideIdOf(OPERATOR_ID, 'kwd-1'),
  operatorId: OPERATOR_ID,
  createdAt: '2026-10-01T09:30:00.000Z',
};
const feed: FeedView = {
  source: 'ecb',
  status: 'up',
  asOf: '2026-09-30',
  confirmedAt: '2026-10-01T09:30:00.000Z',
  lastAttemptAt: '2026-10-01T09:30:00.000Z',
  lastError: null,
  consecutiveFailures: 0,
  nextAttemptAt: '2026-10-01T09:40:00.000Z',
  held: {
    bulletinId: BULLETIN_ID,
    asOf: '2026-10-01',
    receivedAt: '2026-10-01T09:30:00.000Z',
    jumps: [{ currency: 'USD', oldRate: '1.17', newRate: '11.7' }],
  },
  overrides: [override],
};
const { overrideId, ...rest } = override;
const shown = { id: overrideId, ...rest };

describe('the operator’s rates over HTTP', () => {
  let gateway: GatewayUnderTest;
  let operator: string;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.asked.length = 0;
    gateway.services.answers = {
      [RATE_QUESTIONS.feeds.pattern]: () => [feed],
      [RATE_QUESTIONS.setOverride.pattern]: () => override,
      [RATE_QUESTIONS.endOverride.pattern]: () => override,
      [RATE_QUESTIONS.decideHeld.pattern]: () => ({ ...feed, held: null }),
    };
    operator = gateway.signIn('operator', OPERATOR_ID);
  });

  const call = (path: string, options: CallOptions = {}) =>
    callGateway(gateway, `/operator${path}`, { as: operator, ...options });
  const set = (change: object = {}, headers: Record<string, string> = {}) =>
    call('/rate-overrides', { method: 'POST', body: { ...body, ...change }, headers });

  it('show the feeds with what waits and what was set by hand', async () => {
    const answer = await call('/rate-feeds');
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({ data: [{ ...feed, overrides: [shown] }] });
  });

  it('are set by hand and given back, by name', async () => {
    const answer = await set({}, { 'idempotency-key': 'kwd-1' });
    expect([answer.status, answer.body]).toEqual([201, shown]);
    expect(gateway.services.asked[0]!.request).toEqual({ ...body, overrideId, operatorId: OPERATOR_ID });
    const ended = await call(`/rate-overrides/${overrideId}`, { method: 'DELETE' });
    expect([ended.status, ended.body]).toEqual([200, shown]);
    expect(gateway.services.asked[1]!.request).toEqual({ overrideId, operatorId: OPERATOR_ID });
  });

  it('that jumped are decided on, with a reason', async () => {
    const decide = (decision: object) =>
      call(`/rate-feeds/held/${BULLETIN_ID}/decision`, { method: 'POST', body: decision });
    const answer = await decide({ accept: true, reason: 'The market did move' });
    expect([answer.status, answer.body.held]).toEqual([200, null]);
    expect(gateway.services.asked[0]!.request).toEqual({
      bulletinId: BULLETIN_ID,
      operatorId: OPERATOR_ID,
      isAccepted: true,
      reason: 'The market did move',
    });
    for (const wrong of [{ accept: true }, { reason: 'why not' }, { accept: 'true', reason: 'why not' }])
      expectProblem(await decide(wrong), 422, 'validation_failed');
    gateway.services.answers[RATE_QUESTIONS.decideHeld.pattern] = () =>
      refusal('state_conflict', 'It was decided already.');
    expectProblem(await decide({ accept: false, reason: 'A typing mistake' }), 409, 'state_conflict');
  });

  it.each<[string, object, string]>([
    ['an unknown source', { source: 'fed' }, '#/source'],
    ['a currency nobody deals in', { currency: 'CHF' }, '#/currency'],
    ['a rate of nothing', { rate: '0.0' }, '#/rate'],
    ['no reason', { reason: '' }, '#/reason'],
    ['two months', { expiresAt: inDays(62) }, '#/expiresAt'],
    ['the past', { expiresAt: inDays(-1) }, '#/expiresAt'],
  ])('are not set for %s', async (_what, change, pointer) => {
    const answer = await set(change);
    expectProblem(answer, 422, 'validation_failed');
    expect(answer.body.errors).toMatchObject([{ pointer }]);
  });

  it('are no customer’s business', async () => {
    const as = gateway.signIn('customer');
    expectProblem(await call('/rate-feeds', { as }), 403, 'forbidden');
    expectProblem(
      await call('/rate-overrides', { method: 'POST', body, as: gateway.signIn('customer') }),
      403,
      'forbidden',
    );
    expect(gateway.services.asked).toEqual([]);
  });
});
