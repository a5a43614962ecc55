import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { isRefusal, type InboxItem, type InboxPage, type ListInbox } from '@kopeck/contracts';
import { transferNewsOf } from '../intake/transfer-news.js';
import { NotificationOnPostgresql, type Replica } from '../testing/notification-on-postgresql.js';
import { resultOf, sampleAccount } from '../testing/sample-events.js';

describe('an inbox on PostgreSQL', () => {
  let bank: NotificationOnPostgresql;
  let replica: Replica;

  beforeAll(async () => {
    bank = await NotificationOnPostgresql.create();
    replica = bank.replica();
  }, 30_000);

  afterAll(() => bank?.drop());

  /** @returns somebody who was told so many things, one after another. */
  async function personWith(count: number): Promise<string> {
    const [anna, boris] = [sampleAccount(), sampleAccount()];
    const results = Array.from({ length: count }, () => resultOf(anna, boris));
    await replica.telling.tell(results.flatMap(transferNewsOf));
    return anna.customerId!;
  }

  async function list(more: Partial<ListInbox> & { customerId: string }): Promise<InboxPage> {
    const page = await replica.inbox.list({ limit: 200, ...more });
    if (isRefusal(page)) throw new Error(page.detail);
    return page;
  }

  const ordinalsOf = (items: readonly InboxItem[]) => items.map(({ ordinal }) => Number(ordinal));

  it('of somebody who was told nothing is empty', async () => {
    const customerId = randomUUID();
    expect(await list({ customerId })).toEqual({ data: [], nextCursor: null, unreadCount: 0 });
    expect(await replica.inbox.replay({ customerId, afterOrdinal: '0', limit: 10 })).toEqual({
      data: [],
      lastOrdinal: '0',
    });
    expect(await replica.inbox.markRead({ customerId })).toEqual({ unreadCount: 0 });
  });

  it('is listed page by page, the newest first, though more comes meanwhile', async () => {
    const [anna, boris] = [sampleAccount(), sampleAccount()];
    const tell = (count: number) =>
      replica.telling.tell(
        Array.from({ length: count }, () => resultOf(anna, boris)).flatMap(transferNewsOf),
      );
    await tell(5);
    const customerId = anna.customerId!;
    const first = await list({ customerId, limit: 2 });
    await tell(1);
    const second = await list({ customerId, limit: 2, cursor: first.nextCursor! });
    const third = await list({ customerId, limit: 2, cursor: second.nextCursor! });
    expect([first, second, third].map(({ data }) => ordinalsOf(data))).toEqual([[5, 4], [3, 2], [1]]);
    expect(third).toMatchObject({ nextCursor: null, unreadCount: 6 });
  });

  it.each(['', 'x', Buffer.from('n1:0').toString('base64url'), Buffer.from('e1:5').toString('base64url')])(
    'refuses the cursor %j',
    async (cursor) => {
      const customerId = await personWith(1);
      expect(await replica.inbox.list({ customerId, limit: 2, cursor })).toMatchObject({
        code: 'invalid_cursor',
      });
    },
  );

  it('is replayed from where a page was, the oldest first, and says how far there is to go', async () => {
    const customerId = await personWith(7);
    const { data, lastOrdinal } = await replica.inbox.replay({ customerId, afterOrdinal: '2', limit: 3 });
    expect(ordinalsOf(data)).toEqual([3, 4, 5]);
    expect(lastOrdinal).toBe('7');
    expect(await replica.inbox.replay({ customerId, afterOrdinal: '7', limit: 3 })).toEqual({
      data: [],
      lastOrdinal: '7',
    });
  });

  it('is marked as read one by one, up to a line, or whole; what was read keeps its moment', async () => {
    const customerId = await personWith(6);
    const { data } = await list({ customerId });
    const notificationIds = [data[1]!.notificationId.toUpperCase(), data[1]!.notificationId];
    expect(await replica.inbox.markRead({ customerId, notificationIds })).toEqual({ unreadCount: 5 });
    const readAt = (await list({ customerId })).data[1]!.readAt;
    expect(readAt).toMatch(/Z$/);
    expect(bank.sent.at(-1)).toMatchObject({ key: customerId, value: { customerId, unreadCount: 5 } });
    expect(await replica.inbox.markRead({ customerId, upToOrdinal: '3' })).toEqual({ unreadCount: 2 });
    expect(ordinalsOf((await list({ customerId, unreadOnly: true })).data)).toEqual([6, 4]);
    expect(await replica.inbox.markRead({ customerId })).toEqual({ unreadCount: 0 });
    expect((await list({ customerId })).data[1]!.readAt).toBe(readAt);
  });

  it('is nobody else’s to mark', async () => {
    const [customerId, other] = [await personWith(2), await personWith(1)];
    const [mine] = (await list({ customerId })).data;
    const [theirs] = (await list({ customerId: other })).data;
    for (const ids of [
      [theirs!.notificationId],
      [mine!.notificationId, theirs!.notificationId],
      [randomUUID()],
    ]) {
      expect(await replica.inbox.markRead({ customerId, notificationIds: ids })).toMatchObject({
        code: 'not_found',
      });
    }
    expect((await list({ customerId })).unreadCount).toBe(2);
    expect(await replica.inbox.countUnread(customerId)).toEqual({ unreadCount: 2 });
    expect((await list({ customerId: other })).unreadCount).toBe(1);
  });

  it('counts no further than a thousand unread lines', async () => {
    const customerId = await personWith(1_100);
    expect((await list({ customerId, limit: 1 })).unreadCount).toBe(1_000);
  });
});
