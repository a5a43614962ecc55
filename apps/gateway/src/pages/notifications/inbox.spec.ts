import {
  INBOX_QUESTIONS,
  refusal,
  type InboxItem,
  type InboxPage,
  type ListInbox,
  type MarkRead,
} from '@kopeck/contracts';
import { BrokerUnavailable } from '@kopeck/kafka';
import { UnreadCounts } from '../../notifications/unread-counts.service.js';
import { inboxItemOf } from '../../notifications/notification.samples.js';
import { startGateway, type GatewayUnderTest } from '../../testing/gateway-under-test.js';
import { BrowserUnderTest, textOf } from '../testing/browser-under-test.js';

const CUSTOMER_ID = '11111111-1111-4111-8111-111111111111';
const TRANSFER = '/transfers/22222222-2222-4222-8222-222222222222';

describe('the inbox as a page', () => {
  let gateway: GatewayUnderTest;
  let anna: BrowserUnderTest;
  let inbox: { data: InboxItem[]; nextCursor: string | null; unreadCount: number };

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.asked.length = 0;
    anna = new BrowserUnderTest(gateway).signIn('customer', CUSTOMER_ID);
    inbox = {
      data: [
        inboxItemOf(3, { link: TRANSFER, occurredAt: new Date().toISOString() }),
        inboxItemOf(2, { title: 'Rates', occurredAt: new Date(Date.now() - 86_400_000).toISOString() }),
        inboxItemOf(1, { link: TRANSFER, readAt: '2026-03-01T09:40:00.000Z' }),
      ],
      nextCursor: null,
      unreadCount: 2,
    };
    gateway.services.answers = {
      [INBOX_QUESTIONS.list.pattern]: ({ cursor }: ListInbox): unknown =>
        cursor === 'wrong' ? refusal('invalid_cursor', 'no') : (inbox satisfies InboxPage),
      [INBOX_QUESTIONS.unread.pattern]: () => ({ unreadCount: inbox.unreadCount }),
      [INBOX_QUESTIONS.markRead.pattern]: () => ({ unreadCount: 0 }),
    };
  });

  const askedFor = (pattern: string) =>
    gateway.services.asked.filter((asked) => asked.pattern === pattern).map(({ request }) => request);
  const marked = () => askedFor(INBOX_QUESTIONS.markRead.pattern) as unknown as MarkRead[];

  it('shows what happened by days, the unread by a mark and the word', async () => {
    const { status, text } = await anna.get('/notifications');
    expect(status).toBe(200);
    expect(textOf(text)).toMatch(
      /2 unread notifications Mark all as read Today You received 3\.00 EUR .*Unread.* Yesterday Rates .*Unread.* 1 March 2026 You received 1\.00 EUR \d\d:\d\d From account …5678\. Thank you (?!Unread)/,
    );
  });

  it('is asked for by its owner only, a page at a time, and goes on by the cursor', async () => {
    inbox = { ...inbox, nextCursor: 'older' };
    const { text } = await anna.get('/notifications?unread=1');
    expect(askedFor(INBOX_QUESTIONS.list.pattern)).toContainEqual({
      customerId: CUSTOMER_ID,
      unreadOnly: true,
      limit: 30,
    });
    expect(text).toContain('href="/notifications?unread=1&amp;cursor=older"');
    await anna.get('/notifications?unread=1&cursor=older');
    expect(askedFor(INBOX_QUESTIONS.list.pattern)).toContainEqual(
      expect.objectContaining({ cursor: 'older' }),
    );
    expect((await anna.get('/notifications?cursor=wrong')).status).toBe(400);
  });

  it('marks all as read up to what was listed, and no further', async () => {
    const answer = await anna.submit('/notifications', '/notifications/read');
    expect([answer.status, answer.location]).toEqual([303, '/notifications']);
    expect(marked()).toEqual([{ customerId: CUSTOMER_ID, upToOrdinal: '3' }]);
  });

  it('marks one as read by opening what it is about; looking at the page marks nothing', async () => {
    const { notificationId } = inbox.data[0]!;
    await anna.get('/notifications');
    expect(marked()).toEqual([]);
    const answer = await anna.submit('/notifications', `/notifications/${notificationId}/open`);
    expect([answer.status, answer.location]).toEqual([303, TRANSFER]);
    expect(marked()).toEqual([{ customerId: CUSTOMER_ID, notificationIds: [notificationId] }]);
  });

  it('opens a payment even while nobody can note that its notification was read', async () => {
    const action = `/notifications/${inbox.data[0]!.notificationId}/open`;
    gateway.services.answers[INBOX_QUESTIONS.markRead.pattern] = () => {
      throw new BrokerUnavailable('down');
    };
    expect((await anna.submit('/notifications', action)).location).toBe(TRANSFER);
    const second = `/notifications/${inbox.data[1]!.notificationId}/open`;
    expect((await anna.submit('/notifications', second)).status).toBe(503);
  });

  it('leads nowhere but to pages of ours', async () => {
    inbox = { ...inbox, data: [inboxItemOf(1, { link: '//evil.example' })] };
    const { text } = await anna.get('/notifications');
    expect(text).not.toContain('evil.example');
    const action = `/notifications/${inbox.data[0]!.notificationId}/open`;
    const answer = await anna.submit('/notifications', action, { goal: 'https://evil.example' });
    expect(answer.location).toBe('/notifications');
  });

  it('shows what others wrote as text', async () => {
    inbox = { ...inbox, data: [inboxItemOf(1, { title: '<b>x</b>', text: '<script>alert(1)</script>' })] };
    const { text } = await anna.get('/notifications');
    expect(text).toContain('&lt;script>alert(1)');
    expect(text).not.toContain('<b>x</b>');
  });

  it('says that there is nothing yet, or nothing unread', async () => {
    inbox = { data: [], nextCursor: null, unreadCount: 0 };
    expect(textOf((await anna.get('/notifications')).text)).toContain('Nothing yet');
    expect(textOf((await anna.get('/notifications?unread=1')).text)).toContain(
      'No unread notifications Show all',
    );
  });

  it('speaks Russian, with its plurals', async () => {
    const russian = new BrowserUnderTest(gateway, { 'accept-language': 'ru' }).signIn(
      'customer',
      CUSTOMER_ID,
    );
    inbox = { ...inbox, unreadCount: 21 };
    expect(textOf((await russian.get('/notifications')).text)).toMatch(
      /Уведомления .*21 непрочитанное уведомление .*Сегодня .*Не прочитано .*Вчера/,
    );
  });

  describe('the number of unread notifications', () => {
    it('stands in the navigation of every page', async () => {
      const { text } = await anna.get('/profile');
      expect(textOf(text)).toContain('Notifications 2 Unread Profile');
      gateway.app.get(UnreadCounts).forget(CUSTOMER_ID);
      inbox = { ...inbox, unreadCount: 1_000 };
      expect(textOf((await anna.get('/profile')).text)).toContain('Notifications 99+ Unread Profile');
    });

    it('is asked for once, and again when the inbox has changed or was read', async () => {
      gateway.app.get(UnreadCounts).forget(CUSTOMER_ID);
      const asked = () => askedFor(INBOX_QUESTIONS.unread.pattern).length;
      await anna.get('/profile');
      await anna.get('/profile');
      expect(asked()).toBe(1);
      await anna.submit('/notifications', '/notifications/read');
      inbox = { ...inbox, unreadCount: 0 };
      const { text } = await anna.get('/profile');
      expect([asked(), text.includes('data-unread="0"')]).toEqual([2, true]);
    });

    it('of a question that was overtaken by a change is not kept', async () => {
      const counts = gateway.app.get(UnreadCounts);
      counts.forget(CUSTOMER_ID);
      const first = counts.of(CUSTOMER_ID);
      counts.forget(CUSTOMER_ID);
      await first;
      const before = askedFor(INBOX_QUESTIONS.unread.pattern).length;
      await counts.of(CUSTOMER_ID);
      expect(askedFor(INBOX_QUESTIONS.unread.pattern)).toHaveLength(before + 1);
    });

    it('isn’t asked for where nobody is signed in', async () => {
      await new BrowserUnderTest(gateway).get('/sign-in');
      expect(gateway.services.asked).toEqual([]);
    });
  });
});

describe('while the notification service is away', () => {
  let gateway: GatewayUnderTest;
  let anna: BrowserUnderTest;

  beforeAll(async () => {
    gateway = await startGateway();
    const away = () => {
      throw new BrokerUnavailable('down');
    };
    gateway.services.answers = {
      [INBOX_QUESTIONS.list.pattern]: away,
      [INBOX_QUESTIONS.unread.pattern]: away,
    };
    anna = new BrowserUnderTest(gateway).signIn('customer');
  });
  afterAll(() => gateway.app.close());

  it('pages are shown without the number, and the service is left in peace', async () => {
    const { status, text } = await anna.get('/developer/webhooks/new');
    expect(status).toBe(200);
    expect(text).toContain('<span class="unread" data-unread="?" hidden></span>');
    await anna.get('/developer/webhooks/new');
    expect(gateway.services.asked).toHaveLength(1);
  });

  it('the inbox says so, and what isn’t concerned', async () => {
    const { status, text } = await anna.get('/notifications');
    expect(status).toBe(200);
    expect(textOf(text)).toMatch(
      /cannot be read for the moment.*Transfers, balances and rates are not concerned/,
    );
  });
});
