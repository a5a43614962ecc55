import {
  CUSTOMER_QUESTIONS,
  RATE_QUESTIONS,
  rateOverrideIdOf,
  refusal,
  type FeedView,
  type RateOverrideView,
} from '@kopeck/contracts';
import { startGateway, type GatewayUnderTest } from '../../../testing/gateway-under-test.js';
import { BrowserUnderTest, hiddenFieldsOf, textOf } from '../../testing/browser-under-test.js';
import { ANNA, OPERATOR_ID } from '../testing/operator.samples.js';

const BULLETIN_ID = '44444444-4444-4444-8444-444444444444';
const HELD = `/operator/rates/held/${BULLETIN_ID}`;
const OVERRIDES = '/operator/rates/overrides';
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

const override: RateOverrideView = {
  overrideId: '55555555-5555-4555-8555-555555555555',
  source: 'ecb',
  currency: 'KWD',
  rate: '2.9800000000',
  reason: 'No source has it',
  operatorId: OPERATOR_ID,
  createdAt: '2026-10-01T09:30:00.000Z',
  expiresAt: '2026-10-08T09:30:00.000Z',
};
const feed: FeedView = {
  source: 'ecb',
  status: 'failing',
  asOf: '2026-09-30',
  confirmedAt: '2026-10-01T09:30:00.000Z',
  lastAttemptAt: '2026-10-01T09:30:00.000Z',
  lastError: 'HTTP 502',
  consecutiveFailures: 2,
  nextAttemptAt: '2026-10-01T09:40:00.000Z',
  held: {
    bulletinId: BULLETIN_ID,
    asOf: '2026-10-01',
    receivedAt: '2026-10-01T09:30:00.000Z',
    jumps: [{ currency: 'USD', oldRate: '1.17', newRate: '11.7' }],
  },
  overrides: [override],
};
const typed = { source: 'ecb', currency: 'KWD', rate: '2,98', reason: 'No source has it' };

describe('the operators’ pages of rates', () => {
  let gateway: GatewayUnderTest;
  let operator: BrowserUnderTest;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.asked.length = 0;
    gateway.services.answers = {
      [CUSTOMER_QUESTIONS.read.pattern]: () => ({ ...ANNA, name: 'Olga Operator' }),
      [RATE_QUESTIONS.feeds.pattern]: () => [feed],
      [RATE_QUESTIONS.setOverride.pattern]: () => override,
      [RATE_QUESTIONS.endOverride.pattern]: () => override,
      [RATE_QUESTIONS.decideHeld.pattern]: () => ({ ...feed, held: null }),
    };
    operator = new BrowserUnderTest(gateway).signIn('operator', OPERATOR_ID);
  });

  const asked = ({ pattern }: { pattern: string }) =>
    gateway.services.asked.filter((question) => question.pattern === pattern).map(({ request }) => request);
  const set = (change: Record<string, string> = {}) =>
    operator.submit(OVERRIDES, OVERRIDES, { ...typed, expiresAt: inDays(7).slice(0, 16), ...change });

  it('show what is in force, how the feed fares, what waits and what was set by hand', async () => {
    const read = textOf((await operator.get('/operator/rates')).text);
    expect(read).toContain('European Central Bank Rates for 1 October 2026 have jumped.');
    expect(read).toContain('USD 1.1700 11.7000 +900.00%');
    expect(read).toMatch(/Status Fails now and then Rates in force are of 30 September 2026/);
    expect(read).toMatch(/Failures in a row 2 Last failure HTTP 502/);
    expect(read).toMatch(/KWD 2\.9800 8 October 2026 .* No source has it Olga Operator/);
  });

  it.each([
    ['accept', true, 'The rates are in force.'],
    ['reject', false, 'The rates are dropped'],
  ])('that jumped are decided on: %s', async (decision, isAccepted, sentence) => {
    const answer = await operator.submit(HELD, HELD, { decision, reason: 'The market did move' });
    expect([answer.status, answer.location]).toEqual([303, '/operator/rates']);
    expect(asked(RATE_QUESTIONS.decideHeld)).toEqual([
      { bulletinId: BULLETIN_ID, operatorId: OPERATOR_ID, isAccepted, reason: 'The market did move' },
    ]);
    expect(textOf((await operator.follow(answer)).text)).toContain(sentence);
  });

  it('that jumped are not decided by accident', async () => {
    const answer = await operator.submit(HELD, HELD, { reason: '' });
    expect(answer.status).toBe(422);
    expect(textOf(answer.text)).toMatch(/There is a problem Choose whether .* Give a reason/);
    expect((await operator.get(HELD)).text).not.toMatch(/type="radio"[^>]*checked/);
    const kept = await operator.submit(HELD, HELD, { decision: 'reject', reason: 'no' });
    expect(kept.text).toMatch(/value="reject" checked/);
    expect(kept.text).toContain('value="no"');
    expect(asked(RATE_QUESTIONS.decideHeld)).toEqual([]);
  });

  it('that were decided meanwhile say so', async () => {
    const fields = hiddenFieldsOf((await operator.get(HELD)).text, HELD);
    gateway.services.answers[RATE_QUESTIONS.decideHeld.pattern] = () => refusal('state_conflict', 'decided');
    const late = await operator.post(HELD, { ...fields, decision: 'accept', reason: 'It moved' });
    gateway.services.answers[RATE_QUESTIONS.feeds.pattern] = () => [{ ...feed, held: null }];
    for (const answer of [late, await operator.get(HELD)]) {
      expect(answer.status).toBe(409);
      expect(textOf(answer.text)).toContain('It was changed in the meantime');
    }
  });

  it('are set by hand, the same for a form that is sent twice', async () => {
    const { text } = await operator.get(OVERRIDES);
    const fields: Record<string, string> = {
      ...hiddenFieldsOf(text, OVERRIDES),
      ...typed,
      expiresAt: inDays(7).slice(0, 16),
    };
    for (const answer of [await operator.post(OVERRIDES, fields), await operator.post(OVERRIDES, fields)])
      expect([answer.status, answer.location]).toEqual([303, '/operator/rates']);
    const wanted = {
      ...typed,
      rate: '2.9800000000',
      overrideId: rateOverrideIdOf(OPERATOR_ID, fields['key']!),
      operatorId: OPERATOR_ID,
      expiresAt: `${fields['expiresAt']}:00.000Z`,
    };
    expect(asked(RATE_QUESTIONS.setOverride)).toEqual([wanted, wanted]);
  });

  it.each<[string, Record<string, string>, string]>([
    ['no source', { source: '' }, 'Choose a source.'],
    ['no currency', { currency: 'CHF' }, 'Choose a currency.'],
    ['a rate of two meanings', { rate: '1,234' }, 'This rate can be read in two ways.'],
    ['no reason', { reason: '' }, 'Give a reason'],
    ['the past', { expiresAt: inDays(-1).slice(0, 16) }, 'Enter a day and a time from now on, 30 days'],
    ['two months', { expiresAt: inDays(61).slice(0, 16) }, 'Enter a day and a time from now on, 30 days'],
    ['no end', { expiresAt: '' }, 'Enter a day and a time from now on, 30 days'],
  ])('are not set with %s', async (_what, change, sentence) => {
    const answer = await set(change);
    expect(answer.status).toBe(422);
    expect(textOf(answer.text)).toContain(`There is a problem ${sentence}`);
    expect(answer.text).toContain(`value="${change['rate'] ?? '2,98'}"`);
    expect(asked(RATE_QUESTIONS.setOverride)).toEqual([]);
  });

  it('say beside the field what the converter has against it', async () => {
    const answerWith = (answer: unknown) =>
      (gateway.services.answers[RATE_QUESTIONS.setOverride.pattern] = () => answer);
    answerWith(refusal('validation_failed', 'EUR is one', { pointer: '/currency' }));
    expect(textOf((await set()).text)).toContain('There is a problem The source counts in this currency');
    answerWith(refusal('state_conflict', 'no rates'));
    expect(textOf((await set()).text)).toContain('This source has no rates yet');
    answerWith(refusal('idempotency_key_reused', 'reused'));
    expect(textOf((await set()).text)).toContain('This form was sent before with other details.');
  });

  it('go back to the source’s own when an override is ended', async () => {
    const action = `${OVERRIDES}/${override.overrideId}/end`;
    const answer = await operator.submit('/operator/rates', action);
    expect([answer.status, answer.location]).toEqual([303, '/operator/rates']);
    expect(asked(RATE_QUESTIONS.endOverride)).toEqual([
      { overrideId: override.overrideId, operatorId: OPERATOR_ID },
    ]);
  });
});
