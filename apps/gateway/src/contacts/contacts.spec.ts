import { CONTACT_QUESTIONS, refusal, type ContactsView } from '@kopeck/contracts';
import { callGateway, expectProblem, type CallOptions } from '../testing/gateway-caller.js';
import { startGateway, type GatewayUnderTest } from '../testing/gateway-under-test.js';

const CUSTOMER_ID = '11111111-1111-4111-8111-111111111111';
const DELIVERY_ID = '33333333-3333-4333-8333-333333333333';

const contacts: ContactsView = {
  email: 'anna@example.com',
  telegram: { isOffered: true, linkedAt: null, chatName: null },
  sms: { isOffered: true, phone: '+7•••67', confirmedAt: null },
  webhookCount: 0,
};
const link = { code: 'K7Q2M9XD', url: null, expiresAt: '2026-03-01T09:45:00.000Z' };

describe('contacts over HTTP', () => {
  let gateway: GatewayUnderTest;
  let anna: string;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.asked.length = 0;
    anna = gateway.signIn('operator', CUSTOMER_ID);
    gateway.services.answers = {
      [CONTACT_QUESTIONS.read.pattern]: () => contacts,
      [CONTACT_QUESTIONS.linkTelegram.pattern]: () => link,
      [CONTACT_QUESTIONS.setPhone.pattern]: () => contacts,
      [CONTACT_QUESTIONS.confirmPhone.pattern]: () => contacts,
      [CONTACT_QUESTIONS.forget.pattern]: () => contacts,
      [CONTACT_QUESTIONS.sendTest.pattern]: () => ({ deliveryId: DELIVERY_ID }),
    };
  });

  const call = (path: string, options: CallOptions = {}) =>
    callGateway(gateway, path, { as: anna, ...options });
  const path = (end = '') => `/notification-contacts${end}`;

  it.each<[string, string, CallOptions, number, object, object]>([
    ['are read', path(), {}, 200, contacts, {}],
    ['get a code for Telegram', path('/telegram'), { method: 'POST' }, 201, link, {}],
    ['forget Telegram', path('/telegram'), { method: 'DELETE' }, 200, contacts, { channel: 'telegram' }],
    [
      'take a telephone number as people write it',
      path('/phone'),
      { method: 'PUT', body: { phone: '+7 (926) 123-45-67' } },
      200,
      contacts,
      { phone: '+79261234567' },
    ],
    [
      'take its code',
      path('/phone/confirmation'),
      { method: 'POST', body: { code: '012345' } },
      200,
      contacts,
      { code: '012345' },
    ],
    ['forget the number', path('/phone'), { method: 'DELETE' }, 200, contacts, { channel: 'sms' }],
  ])('%s', async (_what, address, options, status, body, question) => {
    const answer = await call(address, options);
    expect([answer.status, answer.body]).toEqual([status, body]);
    expect(gateway.services.asked.map(({ request }) => request)).toEqual([
      { customerId: CUSTOMER_ID, ...question },
    ]);
  });

  it('are tried out by a test, whose fate can be read', async () => {
    const answer = await call('/notification-tests', { method: 'POST', body: { channel: 'email' } });
    expect([answer.status, answer.body]).toEqual([202, { deliveryId: DELIVERY_ID }]);
    expect(answer.headers['location']).toBe(`/api/v1/notifications/deliveries/${DELIVERY_ID}`);
  });

  it.each<[string, string, CallOptions]>([
    ['a number without its country', path('/phone'), { method: 'PUT', body: { phone: '89261234567' } }],
    ['a number that is a number', path('/phone'), { method: 'PUT', body: { phone: 79261234567 } }],
    ['a code of five digits', path('/phone/confirmation'), { method: 'POST', body: { code: '12345' } }],
    ['a channel that is none', '/notification-tests', { method: 'POST', body: { channel: 'in_app' } }],
  ])('do not take %s', async (_what, address, options) => {
    expectProblem(await call(address, options), 422, 'validation_failed');
    expect(gateway.services.asked).toEqual([]);
  });

  it('say why something is not possible, or not now', async () => {
    const ask = () => call(path('/telegram'), { method: 'POST' });
    gateway.services.answers[CONTACT_QUESTIONS.linkTelegram.pattern] = () =>
      refusal('state_conflict', 'The bank has no bot.');
    expectProblem(await ask(), 409, 'state_conflict');
    gateway.services.answers[CONTACT_QUESTIONS.linkTelegram.pattern] = () =>
      refusal('rate_limited', 'Too many codes for today.', { retryAfterSeconds: 60 });
    const answer = await ask();
    expectProblem(answer, 429, 'rate_limited');
    expect(answer.headers['retry-after']).toBe('60');
  });
});
