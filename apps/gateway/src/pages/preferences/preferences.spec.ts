import {
  CONTACT_QUESTIONS,
  DEFAULT_CHANNELS,
  DELIVERY_QUESTIONS,
  INBOX_QUESTIONS,
  PREFERENCE_QUESTIONS,
  refusal,
  type ChangePreferences,
  type ListDeliveries,
  type PreferencesView,
} from '@kopeck/contracts';
import { BrokerUnavailable } from '@kopeck/kafka';
import { startGateway, type GatewayUnderTest } from '../../testing/gateway-under-test.js';
import { deliveryOf } from '../notifications/delivery.samples.js';
import { BrowserUnderTest, hiddenFieldsOf, textOf } from '../testing/browser-under-test.js';
import { typedOf } from './preference-form.js';
import { contactsOf, preferencesOf } from './preference.samples.js';

const CUSTOMER_ID = '11111111-1111-4111-8111-111111111111';

describe('preferences as a page', () => {
  let gateway: GatewayUnderTest;
  let anna: BrowserUnderTest;
  let saved: PreferencesView;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.asked.length = 0;
    anna = new BrowserUnderTest(gateway).signIn('customer', CUSTOMER_ID);
    saved = preferencesOf();
    gateway.services.answers = {
      [INBOX_QUESTIONS.list.pattern]: () => ({ data: [], nextCursor: null, unreadCount: 0 }),
      [PREFERENCE_QUESTIONS.read.pattern]: () => saved,
      [PREFERENCE_QUESTIONS.change.pattern]: ({ revision }: ChangePreferences) =>
        revision === saved.revision ? saved : refusal('stale_version', 'Changed.'),
      [CONTACT_QUESTIONS.read.pattern]: () => contactsOf(),
      [DELIVERY_QUESTIONS.list.pattern]: ({ channel }: ListDeliveries) => ({
        data: channel === 'email' ? [deliveryOf()] : [],
        nextCursor: null,
      }),
    };
  });

  const changes = () =>
    gateway.services.asked
      .filter(({ pattern }) => pattern === PREFERENCE_QUESTIONS.change.pattern)
      .map(({ request }) => request as unknown as ChangePreferences);
  const send = (fields: Record<string, string>, without: string[] = []) => {
    const all: Record<string, string> = { ...typedOf(saved), ...fields };
    for (const name of without) delete all[name];
    return anna.submit('/preferences', '/preferences', all);
  };
  const boxIn = (text: string, name: string) =>
    text.match(/<input[^>]*>/g)?.find((input) => input.includes(`name="${name}"`)) ?? '';

  it('show what is told where, with real boxes in a table with headers', async () => {
    const { text } = await anna.get('/preferences');
    expect(text).toMatch(/<th role="columnheader" scope="col">E-mail</);
    expect(text).toMatch(/<th role="rowheader" scope="row">Money received</);
    expect(boxIn(text, 'on.rate_alert.sms')).toContain('type="checkbox"');
    expect(boxIn(text, 'on.rate_alert.sms')).toContain('checked');
    expect(boxIn(text, 'on.transfer_sent.sms')).not.toContain('checked');
    expect(textOf(text)).not.toContain('Problem with a rate feed');
    expect(text).toContain('<option value="Europe/Moscow" selected');
    expect(text).toMatch(/name="minimum.RUB"[^>]*value="500.00"/);
  });

  it('are saved all at once, based on what was shown', async () => {
    const answer = await send(
      { 'on.transfer_sent.email': 'on', quietFrom: '23', 'minimum.EUR': '1 000,50', 'rate.GBP': 'on' },
      ['on.transfer_sent.in_app', 'rate.USD'],
    );
    expect(changes()).toEqual([
      {
        ...saved,
        customerId: CUSTOMER_ID,
        channels: { ...saved.channels, transfer_sent: ['email', 'webhook', 'telegram'] },
        quietHours: { from: '23:00', to: '07:30' },
        rateCurrencies: ['EUR', 'GBP'],
        minimumAmounts: [
          { currency: 'RUB', amountMinor: '50000' },
          { currency: 'EUR', amountMinor: '100050' },
        ],
      },
    ]);
    expect(textOf((await anna.follow(answer)).text)).toContain('Your preferences are saved.');
  });

  it('say all that is wrong at once, linked to the fields, and keep what was typed', async () => {
    const security = DEFAULT_CHANNELS.sign_in.map((channel) => `on.sign_in.${channel}`);
    const { status, text } = await send(
      { quietFrom: 'late', 'minimum.EUR': '1,234', 'rate.GBP': 'on' },
      security,
    );
    expect(status).toBe(422);
    expect(textOf(text)).toMatch(
      /There is a problem Choose at least one place for “New sign-in”\. From: Enter a time of 24 hours.* EUR: 1,234 can be read in two ways/,
    );
    expect(text).toContain('href="#on.sign_in.in_app"');
    expect(text).toMatch(/name="quietFrom"[^>]*value="late"[^>]*aria-invalid="true"/);
    expect(boxIn(text, 'rate.GBP')).toContain('checked');
    expect(changes()).toEqual([]);
  });

  it('changed elsewhere in between say so, keep the choice, and can then be saved', async () => {
    const { text: form } = await anna.get('/preferences');
    saved = preferencesOf({ revision: '4' });
    const hidden = hiddenFieldsOf(form, '/preferences');
    expect(hidden).toMatchObject({ revision: '3' });
    const typed = { ...typedOf(preferencesOf()), 'on.transfer_sent.sms': 'on', ...hidden };
    const { status, text } = await anna.post('/preferences', typed);
    expect(status).toBe(422);
    expect(textOf(text)).toContain('changed elsewhere in the meantime');
    expect(boxIn(text, 'on.transfer_sent.sms')).toContain('checked');
    const again = hiddenFieldsOf(text, '/preferences');
    expect(again).toMatchObject({ revision: '4' });
    expect((await anna.post('/preferences', { ...typed, ...again })).status).toBe(303);
  });

  it('outlive a session that ended while they were chosen', async () => {
    const { text: form } = await anna.get('/preferences');
    const everything = Object.fromEntries(
      (form.match(/name="on\.[a-z_]+\.[a-z_]+"/g) ?? []).map((name) => [name.slice(6, -1), 'on']),
    );
    expect(Object.keys(everything).length).toBeGreaterThan(70);
    gateway.state.sessions.clear();
    const typed = { ...typedOf(saved), ...everything, ...hiddenFieldsOf(form, '/preferences') };
    const { status, text } = await anna.post('/preferences', typed);
    expect(status).toBe(401);
    expect(hiddenFieldsOf(text, '/sign-in')).toHaveProperty('draft');
  });

  it('of an operator are about the bank’s work and safety, and leave the rest as it is', async () => {
    const boris = new BrowserUnderTest(gateway).signIn('operator', CUSTOMER_ID);
    const { text } = await boris.get('/preferences');
    expect(textOf(text)).toContain('Problem with a rate feed');
    expect(textOf(text)).not.toMatch(/Money received|Smallest amounts/);
    const { rateDigest: _1, ...typed } = typedOf(saved);
    const answer = await boris.submit('/preferences', '/preferences', typed);
    expect(answer.status).toBe(303);
    const { revision, ...chosen } = saved;
    expect(changes()).toEqual([{ ...chosen, revision, customerId: CUSTOMER_ID }]);
  });

  it('show where one is reached, with the last problem of each channel', async () => {
    const text = textOf((await anna.get('/preferences')).text);
    expect(text).toMatch(
      /E-mail anna@example\.com .*Send a test.* Last problem, 1 March 2026: 550 no such mailbox Details/,
    );
    expect(text).toMatch(/Telegram Linked to @anna, since 1 March 2026/);
    expect(text).toMatch(/SMS \+7•••67, waiting for the code Enter the code/);
    expect(text).toMatch(/Webhook 2 endpoints Manage webhooks/);
  });

  it('are shown as far as somebody answers', async () => {
    const away = () => {
      throw new BrokerUnavailable('down');
    };
    for (const { pattern } of [CONTACT_QUESTIONS.read, DELIVERY_QUESTIONS.list])
      gateway.services.answers[pattern] = away;
    const partly = await anna.get('/preferences');
    expect(partly.status).toBe(200);
    expect(textOf(partly.text)).toMatch(/Where we reach you cannot be read .*Save preferences/);
    gateway.services.answers[PREFERENCE_QUESTIONS.read.pattern] = away;
    expect(textOf((await anna.get('/preferences')).text)).toContain('Your preferences cannot be read');
  });
});
