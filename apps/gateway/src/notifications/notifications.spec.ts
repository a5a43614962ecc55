import { INBOX_QUESTIONS, refusal, type ListInbox, type MarkRead } from '@kopeck/contracts';
import { DeadlineExceeded } from '@kopeck/kafka';
import { callGateway, expectProblem, type CallOptions } from '../testing/gateway-caller.js';
import { startGateway, type GatewayUnderTest } from '../testing/gateway-under-test.js';
import { inboxItemOf } from './notification.samples.js';

const CUSTOMER_ID = '11111111-1111-4111-8111-111111111111';

describe('the inbox over HTTP', () => {
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
      [INBOX_QUESTIONS.list.pattern]: ({ cursor }: ListInbox) => ({
        data: [inboxItemOf(cursor ? 1 : 2)],
        nextCursor: cursor ? null : 'n+1',
        unreadCount: 2,
      }),
      [INBOX_QUESTIONS.markRead.pattern]: () => ({ unreadCount: 1 }),
    };
  });

  const call = (path: string, options: CallOptions = {}) =>
    callGateway(gateway, path, { as: anna, ...options });
  const asked = () => gateway.services.asked.map(({ request }) => request);

  it('shows its owner a page at a time, and how much is unread', async () => {
    const first = await call('/notifications?limit=1&unread=true');
    const { notificationId: id, ...item } = inboxItemOf(2);
    expect(first.body).toEqual({ data: [{ id, ...item }], nextCursor: 'n+1', unreadCount: 2 });
    expect(first.headers['link']).toBe(
      '</api/v1/notifications?limit=1&unread=true&cursor=n%2B1>; rel="next"',
    );
    const last = await call('/notifications?cursor=n%2B1');
    expect(last.headers['link']).toBeUndefined();
    expect(asked()).toEqual([
      { customerId: CUSTOMER_ID, unreadOnly: true, limit: 1, cursor: undefined },
      { customerId: CUSTOMER_ID, unreadOnly: undefined, limit: 50, cursor: 'n+1' },
    ]);
  });

  it('is an operator’s as well', async () => {
    const answer = await call('/notifications', { as: gateway.signIn('operator') });
    expect(answer.status).toBe(200);
    expect(asked()[0]!['customerId']).not.toBe(CUSTOMER_ID);
  });

  it('knows what was read: one, those up to one, or all', async () => {
    const id = inboxItemOf(1).notificationId;
    const one = await call(`/notifications/${id}`, { method: 'PATCH', body: { read: true } });
    const some = await call('/notifications/read', { method: 'POST', body: { upToOrdinal: '17' } });
    const all = await call('/notifications/read', { method: 'POST', body: {} });
    for (const answer of [one, some, all])
      expect([answer.status, answer.body]).toEqual([200, { unreadCount: 1 }]);
    expect(asked()).toEqual<MarkRead[]>([
      { customerId: CUSTOMER_ID, notificationIds: [id] },
      { customerId: CUSTOMER_ID, upToOrdinal: '17' },
      { customerId: CUSTOMER_ID, upToOrdinal: undefined },
    ]);
  });

  it('says what it does not take', async () => {
    const id = inboxItemOf(1).notificationId;
    expectProblem(await call('/notifications?unread=maybe'), 422, 'validation_failed');
    for (const body of [{}, { read: false }, { read: 'true' }, { read: true, title: 'Mine' }])
      expectProblem(await call(`/notifications/${id}`, { method: 'PATCH', body }), 422, 'validation_failed');
    for (const upToOrdinal of ['-1', 17, '1'.repeat(19)]) {
      const answer = await call('/notifications/read', { method: 'POST', body: { upToOrdinal } });
      expectProblem(answer, 422, 'validation_failed');
    }
    expectProblem(
      await call('/notifications/none', { method: 'PATCH', body: { read: true } }),
      404,
      'not_found',
    );
    expect(gateway.services.asked).toEqual([]);
  });

  it('tells what the notification service says, and when it says nothing', async () => {
    gateway.services.answers[INBOX_QUESTIONS.list.pattern] = () => refusal('invalid_cursor', 'not ours');
    expectProblem(await call('/notifications?cursor=x'), 400, 'invalid_cursor');
    gateway.services.answers[INBOX_QUESTIONS.list.pattern] = () => {
      throw new DeadlineExceeded('away');
    };
    expectProblem(await call('/notifications'), 504, 'deadline_exceeded');
  });
});
