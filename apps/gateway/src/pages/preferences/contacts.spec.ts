import {
  CONTACT_QUESTIONS,
  DELIVERY_QUESTIONS,
  INBOX_QUESTIONS,
  PREFERENCE_QUESTIONS,
  refusal,
  type ConfirmPhone,
  type ContactsView,
} from '@kopeck/contracts';
import { startGateway, type GatewayUnderTest } from '../../testing/gateway-under-test.js';
import { BrowserUnderTest, textOf } from '../testing/browser-under-test.js';
import { contactsOf, preferencesOf } from './preference.samples.js';

const CUSTOMER_ID = '11111111-1111-4111-8111-111111111111';
const DELIVERY_ID = '55555555-5555-4555-8555-555555555555';
const UNLINKED = { isOffered: true, linkedAt: null, chatName: null };
const NO_PHONE = { isOffered: true, phone: null, confirmedAt: null };

describe('contacts as pages', () => {
  let gateway: GatewayUnderTest;
  let anna: BrowserUnderTest;
  let contacts: ContactsView;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.asked.length = 0;
    anna = new BrowserUnderTest(gateway).signIn('customer', CUSTOMER_ID);
    contacts = contactsOf();
    gateway.services.answers = {
      [INBOX_QUESTIONS.list.pattern]: () => ({ data: [], nextCursor: null, unreadCount: 0 }),
      [PREFERENCE_QUESTIONS.read.pattern]: () => preferencesOf(),
      [DELIVERY_QUESTIONS.list.pattern]: () => ({ data: [], nextCursor: null }),
      [CONTACT_QUESTIONS.read.pattern]: () => contacts,
      [CONTACT_QUESTIONS.linkTelegram.pattern]: () => ({
        code: 'K7PX-22QM',
        url: 'https://t.me/kopeck_bot?start=K7PX-22QM',
        expiresAt: '2026-03-01T09:45:00.000Z',
      }),
      [CONTACT_QUESTIONS.setPhone.pattern]: () => (contacts = contactsOf()),
      [CONTACT_QUESTIONS.confirmPhone.pattern]: ({ code }: ConfirmPhone) =>
        code === '123456' ? contacts : refusal('validation_failed', 'no', { pointer: '/code' }),
      [CONTACT_QUESTIONS.forget.pattern]: () => contacts,
      [CONTACT_QUESTIONS.sendTest.pattern]: () => ({ deliveryId: DELIVERY_ID }),
    };
  });

  const asked = (pattern: string) =>
    gateway.services.asked.filter((one) => one.pattern === pattern).map(({ request }) => request);

  it('send a test over one channel, and lead to what becomes of it', async () => {
    const answer = await anna.submit('/preferences', '/preferences/test');
    expect([answer.status, answer.location]).toEqual([303, `/notifications/deliveries/${DELIVERY_ID}`]);
    expect(asked(CONTACT_QUESTIONS.sendTest.pattern)).toEqual([
      { customerId: CUSTOMER_ID, channel: 'email' },
    ]);
    expect((await anna.submit('/preferences', '/preferences/test', { channel: 'pigeon' })).status).toBe(404);
  });

  describe('Telegram', () => {
    it('is linked by a code that is shown once', async () => {
      contacts = contactsOf({ telegram: UNLINKED });
      const { status, text, headers } = await anna.submit('/preferences', '/preferences/telegram');
      expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
      expect(textOf(text)).toContain('Your code K7PX-22QM');
      expect(text).toContain('href="https://t.me/kopeck_bot?start=K7PX-22QM" rel="noreferrer noopener"');
      const later = await anna.get('/preferences/telegram');
      expect(later.text).not.toContain('K7PX');
      expect(textOf(later.text)).toContain('Nothing has arrived yet');
      contacts = contactsOf();
      expect(textOf((await anna.get('/preferences/telegram')).text)).toContain(
        'Your Telegram chat is linked.',
      );
    });

    it('is forgotten, and the page says so', async () => {
      const answer = await anna.submit('/preferences', '/preferences/telegram/forget');
      expect(asked(CONTACT_QUESTIONS.forget.pattern)).toEqual([
        { customerId: CUSTOMER_ID, channel: 'telegram' },
      ]);
      expect(textOf((await anna.follow(answer)).text)).toContain('The Telegram chat is forgotten.');
    });

    it('isn’t there where the bank has no bot', async () => {
      contacts = contactsOf({ telegram: { ...UNLINKED, isOffered: false } });
      const { text } = await anna.get('/preferences');
      expect(textOf(text)).toContain('Telegram Not offered by this bank');
      expect(text).not.toContain('action="/preferences/telegram"');
      expect(textOf((await anna.get('/preferences/telegram')).text)).toContain('no Telegram bot');
    });
  });

  describe('a telephone number', () => {
    it('is read as people type it, gets a code, and counts once the code came back', async () => {
      contacts = contactsOf({ sms: NO_PHONE });
      const sent = await anna.submit('/preferences/phone', '/preferences/phone', {
        phone: '+7 (926) 123-45-67',
      });
      expect(asked(CONTACT_QUESTIONS.setPhone.pattern)).toEqual([
        { customerId: CUSTOMER_ID, phone: '+79261234567' },
      ]);
      const page = await anna.follow(sent);
      expect(textOf(page.text)).toMatch(/We sent a code .* Six digits, sent to \+7•••67/);
      const confirmed = await anna.submit('/preferences/phone', '/preferences/phone/confirm', {
        code: '123 456',
      });
      expect(textOf((await anna.follow(confirmed)).text)).toContain('The telephone number is confirmed.');
    });

    it.each([
      ['8 926 123-45-67', /\+7 instead of the first 8/],
      ['nobody', /Enter the number with a plus/],
    ])('typed as %s is asked for again, and kept', async (phone, words) => {
      contacts = contactsOf({ sms: NO_PHONE });
      const { status, text } = await anna.submit('/preferences/phone', '/preferences/phone', { phone });
      expect(status).toBe(422);
      expect(textOf(text)).toMatch(words);
      expect(text).toContain(`value="${phone}"`);
      expect(asked(CONTACT_QUESTIONS.setPhone.pattern)).toEqual([]);
    });

    it('gets no more codes than are good for it', async () => {
      gateway.services.answers[CONTACT_QUESTIONS.setPhone.pattern] = () =>
        refusal('rate_limited', 'no', { retryAfterSeconds: 60 });
      const page = '/preferences/phone?change=1';
      const { status, text } = await anna.submit(page, '/preferences/phone', { phone: '+79261234567' });
      expect(status).toBe(422);
      expect(textOf(text)).toContain('Too many tries or codes for now');
    });

    it('isn’t confirmed by a wrong code, nor by anything else', async () => {
      for (const [code, words] of [
        ['654321', 'This code is wrong or too old'],
        ['12', 'Enter the six digits'],
      ] as const) {
        const { status, text } = await anna.submit('/preferences/phone', '/preferences/phone/confirm', {
          code,
        });
        expect(status).toBe(422);
        expect(textOf(text)).toContain(words);
      }
    });

    it('is forgotten', async () => {
      await anna.submit('/preferences', '/preferences/phone/forget');
      expect(asked(CONTACT_QUESTIONS.forget.pattern)).toEqual([{ customerId: CUSTOMER_ID, channel: 'sms' }]);
    });
  });
});
