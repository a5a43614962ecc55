import {
  DEFAULT_CHANNELS,
  PREFERENCE_QUESTIONS,
  refusal,
  type ChangePreferences,
  type PreferencesView,
} from '@kopeck/contracts';
import { callGateway, expectProblem } from '../testing/gateway-caller.js';
import { startGateway, type GatewayUnderTest } from '../testing/gateway-under-test.js';

const CUSTOMER_ID = '11111111-1111-4111-8111-111111111111';

const stored: PreferencesView = {
  revision: '3',
  language: 'ru',
  timeZone: 'Europe/Moscow',
  quietHours: { from: '22:30', to: '07:00' },
  channels: DEFAULT_CHANNELS,
  rateDigest: 'daily',
  rateCurrencies: ['EUR'],
  minimumAmounts: [{ currency: 'JPY', amountMinor: '1000' }],
};
const { revision: _revision, ...rest } = stored;
const shown = { ...rest, minimumAmounts: [{ amount: '1000', currency: 'JPY' }] };

describe('notification preferences over HTTP', () => {
  let gateway: GatewayUnderTest;
  let anna: string;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.asked.length = 0;
    anna = gateway.signIn('customer', CUSTOMER_ID);
    gateway.services.answers = {
      [PREFERENCE_QUESTIONS.read.pattern]: () => stored,
      [PREFERENCE_QUESTIONS.change.pattern]: ({ customerId: _customerId, ...change }: ChangePreferences) =>
        change.revision === '3'
          ? { ...change, revision: '4' }
          : refusal('stale_version', 'Changed in the meantime.'),
    };
  });

  const read = () => callGateway(gateway, '/notification-preferences', { as: anna });
  const change = (body: unknown, headers: Record<string, string> = { 'if-match': '"3"' }) =>
    callGateway(gateway, '/notification-preferences', { method: 'PUT', as: anna, body, headers });

  it('are read with their ETag, money as REST writes it', async () => {
    const answer = await read();
    expect([answer.status, answer.headers['etag']]).toEqual([200, '"3"']);
    expect(answer.body).toEqual(shown);
  });

  it('are put back as they were read, or changed', async () => {
    const { body } = await read();
    const answer = await change({
      ...body,
      quietHours: null,
      minimumAmounts: [{ amount: '0.01', currency: 'EUR' }],
    });
    expect([answer.status, answer.headers['etag']]).toEqual([200, '"4"']);
    expect(answer.body).toEqual({
      ...shown,
      quietHours: null,
      minimumAmounts: [{ amount: '0.01', currency: 'EUR' }],
    });
    expect(gateway.services.asked.at(-1)!.request).toMatchObject({
      customerId: CUSTOMER_ID,
      revision: '3',
      minimumAmounts: [{ amountMinor: '1', currency: 'EUR' }],
    });
  });

  it('change only against the version that was read', async () => {
    expectProblem(await change(shown, {}), 428, 'version_required');
    for (const tag of ['"2"', 'W/"3"', '"x"', '"1", "2"'])
      expectProblem(await change(shown, { 'if-match': tag }), 412, 'stale_version');
    for (const tag of ['"3"', '*', '"2", "3"'])
      expect((await change(shown, { 'if-match': tag })).status).toBe(200);
  });

  it('show where the notification service finds a fault', async () => {
    const detail = 'sign_in must keep at least one channel';
    gateway.services.answers[PREFERENCE_QUESTIONS.change.pattern] = () =>
      refusal('validation_failed', detail, { pointer: '/channels/sign_in' });
    const answer = await change({ ...shown, channels: { ...DEFAULT_CHANNELS, sign_in: [] } });
    expectProblem(answer, 422, 'validation_failed');
    expect(answer.body.errors).toEqual([{ detail, pointer: '#/channels/sign_in' }]);
  });

  it.each<[string, object, string]>([
    ['no language', { language: undefined }, '#/language'],
    ['a language nobody speaks here', { language: 'de' }, '#/language'],
    ['no time zone', { timeZone: '' }, '#/timeZone'],
    ['quiet hours left out', { quietHours: undefined }, '#/quietHours'],
    ['quiet hours as a text', { quietHours: '22-7' }, '#/quietHours'],
    ['an hour that is none', { quietHours: { from: '24:00', to: '07:00' } }, '#/quietHours/from'],
    ['channels as a list', { channels: [] }, '#/channels'],
    ['no channels', { channels: null }, '#/channels'],
    ['an unknown digest', { rateDigest: 'weekly' }, '#/rateDigest'],
    ['a currency nobody deals in', { rateCurrencies: ['CHF'] }, '#/rateCurrencies'],
    ['a currency twice', { rateCurrencies: ['EUR', 'EUR'] }, '#/rateCurrencies'],
    [
      'an amount as a number',
      { minimumAmounts: [{ amount: 1, currency: 'EUR' }] },
      '#/minimumAmounts/0/amount',
    ],
    [
      'two decimals of yen',
      { minimumAmounts: [{ amount: '1.00', currency: 'JPY' }] },
      '#/minimumAmounts/0/amount',
    ],
    [
      'an amount of another bank',
      { minimumAmounts: [{ amount: '1.00', currency: 'CHF' }] },
      '#/minimumAmounts/0/currency',
    ],
    ['nothing for an amount', { minimumAmounts: [null] }, '#/minimumAmounts/0'],
    [
      'two amounts of a currency',
      { minimumAmounts: ['1.00', '2.00'].map((amount) => ({ amount, currency: 'EUR' })) },
      '#/minimumAmounts',
    ],
    ['a field of its own', { colour: 'red' }, '#/colour'],
  ])('are refused for %s', async (_what, fault, pointer) => {
    const answer = await change({ ...shown, ...fault });
    expectProblem(answer, 422, 'validation_failed');
    expect(answer.body.errors).toMatchObject([{ pointer }]);
    expect(gateway.services.asked).toEqual([]);
  });
});
