import { CUSTOMER_QUESTIONS, INBOX_QUESTIONS, type CustomerView } from '@kopeck/contracts';
import { BrokerUnavailable } from '@kopeck/kafka';
import { inboxItemOf } from '../../notifications/notification.samples.js';
import { sessionIdOf } from '../../sessions/session.js';
import { startGateway, type GatewayUnderTest } from '../../testing/gateway-under-test.js';
import { BrowserUnderTest, textOf } from '../testing/browser-under-test.js';

const customer: CustomerView = {
  customerId: '11111111-1111-4111-8111-111111111111',
  email: 'anna@example.com',
  name: 'Anna Petrova',
  role: 'customer',
  language: 'en',
  registeredAt: '2026-03-01T09:30:00.000Z',
};
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:130.0) Gecko/20100101 Firefox/130.0';

describe('the profile', () => {
  let gateway: GatewayUnderTest;
  let anna: BrowserUnderTest;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.state.sessions.clear();
    gateway.services.sent.length = 0;
    gateway.services.answers = {
      [INBOX_QUESTIONS.list.pattern]: () => ({
        data: [
          inboxItemOf(2, {
            title: 'New sign-in',
            text: 'Firefox on Windows',
            type: 'sign_in',
            category: 'security',
          }),
          inboxItemOf(1),
        ],
        nextCursor: null,
        unreadCount: 0,
      }),
      [CUSTOMER_QUESTIONS.read.pattern]: () => customer,
      [CUSTOMER_QUESTIONS.checkPassword.pattern]: () => customer,
    };
    anna = new BrowserUnderTest(gateway).signIn('customer', customer.customerId);
  });

  /** Signs in elsewhere, as a browser of another device would. */
  const elsewhere = async () => {
    const other = new BrowserUnderTest(gateway, { 'user-agent': FIREFOX });
    await other.submit('/sign-in', '/sign-in', { email: customer.email, password: 'correct horse battery' });
    const session = gateway.state.sessions.get(other.cookies.get('kopeck')!)!;
    return { other, id: sessionIdOf(session) };
  };

  it('says who one is, and what happened to one’s access', async () => {
    const text = textOf((await anna.get('/profile')).text);
    expect(text).toMatch(/Anna Petrova .*anna@example\.com .*With us since 1 March 2026/);
    expect(text).toMatch(/What happened to your access New sign-in Firefox on Windows 1 March 2026/);
    expect(text).not.toContain('You received 1.00 EUR');
  });

  it('lists where one is signed in, and which one this is', async () => {
    await elsewhere();
    const text = textOf((await anna.get('/profile')).text);
    expect(text).toMatch(/Firefox on Windows Sign out there Signed in .*, last used now/);
    expect(text).toMatch(/Unknown device This one Signed in /);
  });

  it('ends one session and no other', async () => {
    const { other, id } = await elsewhere();
    const answer = await anna.submit('/profile', `/profile/sessions/${id}/end`);
    const page = await anna.follow(answer);
    expect(textOf(page.text)).toContain('That device is signed out.');
    expect((await other.get('/profile')).status).toBe(303);
    expect(page.text).not.toContain(id);
  });

  it('ends nobody else’s session', async () => {
    const { id } = await elsewhere();
    const { text } = await anna.get('/profile');
    expect(text).toContain(`/profile/sessions/${id}/end`);
    const stranger = new BrowserUnderTest(gateway).signIn('customer');
    expect((await stranger.get('/profile')).text).not.toContain(id);
    const count = gateway.state.sessions.size;
    await stranger.post(`/profile/sessions/${id}/end`, {});
    expect(gateway.state.sessions.size).toBe(count);
  });

  it('signs out everywhere, here too, and has the owner told', async () => {
    const { other } = await elsewhere();
    gateway.services.sent.length = 0;
    const answer = await anna.submit('/profile', '/profile/sessions/end');
    expect(textOf((await anna.follow(answer)).text)).toContain('You are signed out on every device.');
    expect(anna.cookies.has('kopeck')).toBe(false);
    expect((await other.get('/profile')).status).toBe(303);
    expect(gateway.services.sent).toMatchObject([
      { topic: 'customers.events', value: { type: 'sessions_ended', customerId: customer.customerId } },
    ]);
  });

  it('changes language and colours, and comes back', async () => {
    const answer = await anna.submit('/profile', '/appearance', { language: 'ru', theme: 'dark' });
    const { text } = await anna.follow(answer);
    expect(text).toContain('<html lang="ru" data-theme="dark"');
    expect(textOf(text)).toContain('Где вы вошли');
  });

  it('is shown as far as somebody answers', async () => {
    const away = () => {
      throw new BrokerUnavailable('down');
    };
    gateway.services.answers = {
      [CUSTOMER_QUESTIONS.read.pattern]: away,
      [INBOX_QUESTIONS.list.pattern]: away,
    };
    const { status, text } = await anna.get('/profile');
    expect(status).toBe(200);
    expect(textOf(text)).toMatch(/Your name and address cannot be read .*Unknown device This one/);
  });
});
