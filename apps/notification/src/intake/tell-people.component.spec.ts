import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { CHANNELS, DEFAULT_CHANNELS, TOPICS, type TransferResult } from '@kopeck/contracts';
import { NotificationOnPostgresql, pushesIn, type Replica } from '../testing/notification-on-postgresql.js';
import { personOf, resultOf, sampleAccount } from '../testing/sample-events.js';
import { requestedNewsOf } from './requested-news.js';
import { securityNewsOf } from './security-news.js';
import { transferNewsOf } from './transfer-news.js';

describe('telling people, on PostgreSQL', () => {
  let bank: NotificationOnPostgresql;
  let replica: Replica;

  beforeAll(async () => {
    bank = await NotificationOnPostgresql.create();
    replica = bank.replica();
  }, 30_000);

  afterAll(() => bank?.drop());

  const tell = (by: Replica, ...results: TransferResult[]) =>
    by.telling.tell(results.flatMap(transferNewsOf));

  async function link(customerId: string, types: string[] = []): Promise<string> {
    const endpointId = randomUUID();
    await bank.temporary.query(
      `INSERT INTO notification.telegram_chat (customer_id, chat_id) VALUES ($1, 1)`,
      [customerId],
    );
    await bank.temporary.query(
      `INSERT INTO notification.webhook_endpoint (id, customer_id, url, types, sealed_secret)
       VALUES ($1, $2, 'https://shop.example/hooks', $3, 's1.x')`,
      [endpointId, customerId, types],
    );
    return endpointId;
  }

  it('does nothing for nothing', async () => {
    expect(await replica.telling.tell([])).toEqual([]);
  });

  it('shows a transfer in both inboxes and on open pages, each with a place of its own', async () => {
    const [anna, boris] = [sampleAccount(), sampleAccount()];
    const result = resultOf(anna, boris);
    const messages = await tell(replica, result, resultOf(boris, anna));
    const inbox = await bank.inboxOf(replica, anna.customerId!);
    expect(inbox).toMatchObject([
      {
        ordinal: '1',
        type: 'transfer_sent',
        category: 'money',
        readAt: null,
        link: `/transfers/${result.transferId}`,
      },
      { ordinal: '2', type: 'transfer_received' },
    ]);
    expect(pushesIn(messages, anna.customerId!)).toEqual(inbox);
    expect(pushesIn(messages, boris.customerId!)).toEqual(await bank.inboxOf(replica, boris.customerId!));
  });

  it('tells once what comes ten times, in one batch or in many, and pushes it again each time', async () => {
    const [anna, boris] = [sampleAccount(), sampleAccount()];
    await link(boris.customerId!);
    const result = resultOf(anna, boris);
    const first = pushesIn(await tell(replica, result, result, result));
    for (let time = 0; time < 10; time++) expect(pushesIn(await tell(replica, result))).toEqual(first);
    expect(await bank.inboxOf(replica, anna.customerId!)).toHaveLength(1);
    expect(await bank.inboxOf(replica, boris.customerId!)).toHaveLength(1);
    expect(await bank.deliveriesTo(boris.customerId!)).toHaveLength(2);
    await tell(replica, resultOf(anna, boris));
    expect((await bank.inboxOf(replica, boris.customerId!)).map(({ ordinal }) => ordinal)).toEqual([
      '1',
      '2',
    ]);
  });

  it('stores all of a batch or nothing', async () => {
    const [anna, boris] = [sampleAccount(), sampleAccount()];
    const broken = resultOf(anna, boris, { decidedAt: 'yesterday, or so' });
    await expect(tell(replica, resultOf(anna, boris), broken)).rejects.toThrow();
    expect(await bank.inboxOf(replica, anna.customerId!)).toEqual([]);
  });

  it('speaks English to somebody who is not known yet, and Russian as soon as they are', async () => {
    const [anna, boris] = [sampleAccount(), sampleAccount()];
    const [early] = pushesIn(await tell(replica, resultOf(anna, boris)), anna.customerId!);
    expect(early!.title).toMatch(/^Sent /);
    await replica.recipients.copy([personOf(anna.customerId!, { language: 'ru' })]);
    const [late] = pushesIn(await tell(replica, resultOf(anna, boris)), anna.customerId!);
    expect(late!.title).toMatch(/^Переведено /);
    for (const { title } of await bank.inboxOf(replica, anna.customerId!))
      expect(title).toMatch(/^Переведено /);
  });

  it('delivers over what is on and set up, at once, and says so to the channels', async () => {
    const [anna, boris] = [sampleAccount(), sampleAccount()];
    const endpointId = await link(anna.customerId!);
    await link(boris.customerId!, ['account_opened']);
    await bank.choose(replica, anna.customerId!, {
      channels: { ...DEFAULT_CHANNELS, transfer_sent: [...CHANNELS] },
    });
    const messages = await tell(replica, resultOf(anna, boris));
    const deliveries = await bank.deliveriesTo(anna.customerId!);
    expect(deliveries.map(({ channel }) => channel).sort()).toEqual(['email', 'telegram', 'webhook']);
    expect(deliveries.find(({ channel }) => channel === 'webhook')).toMatchObject({
      endpoint_id: endpointId,
      status: 'waiting',
      type: 'transfer_sent',
    });
    // Boris' webhook wants other types.
    expect(await bank.deliveriesTo(boris.customerId!)).toMatchObject([{ channel: 'telegram' }]);
    for (const { id, channel } of deliveries) {
      expect(messages).toContainEqual(
        expect.objectContaining({
          topic: `notifications.${channel}`,
          key: anna.customerId,
          value: { deliveryId: id, channel },
        }),
      );
    }
  });

  it('keeps out of the inbox what is not wanted there', async () => {
    const [anna, boris] = [sampleAccount(), sampleAccount()];
    await bank.choose(replica, anna.customerId!, {
      channels: { ...DEFAULT_CHANNELS, transfer_sent: ['email'] },
    });
    const messages = await tell(replica, resultOf(anna, boris), resultOf(boris, anna));
    expect(await bank.inboxOf(replica, anna.customerId!)).toMatchObject([
      { ordinal: '1', type: 'transfer_received' },
    ]);
    expect(pushesIn(messages, anna.customerId!)).toHaveLength(1);
    expect(await bank.deliveriesTo(anna.customerId!)).toMatchObject([
      { channel: 'email', type: 'transfer_sent' },
    ]);
  });

  it('lets deliveries wait for the end of quiet hours, without a hint before', async () => {
    const [anna, boris] = [sampleAccount(), sampleAccount()];
    await link(anna.customerId!);
    // Quiet but for the minute that was half a day ago.
    const half = new Date(Date.now() + 43_200_000).toISOString().slice(11, 16);
    const before = new Date(Date.now() + 43_140_000).toISOString().slice(11, 16);
    await bank.choose(replica, anna.customerId!, { timeZone: 'UTC', quietHours: { from: half, to: before } });
    const messages = await tell(replica, resultOf(anna, boris));
    const deliveries = await bank.deliveriesTo(anna.customerId!);
    const dueIn = (channel: string) =>
      deliveries.find((one) => one.channel === channel)!.due_at.getTime() - Date.now();
    expect(dueIn('telegram')).toBeGreaterThan(3_600_000);
    expect(dueIn('webhook')).toBeLessThanOrEqual(0);
    expect(messages.map(({ topic }) => topic)).not.toContain(TOPICS.notificationTelegrams.name);
    const event = {
      eventId: randomUUID(),
      type: 'sign_in',
      customerId: anna.customerId!,
      occurredAt: new Date().toISOString(),
    } as const;
    const urgent = await replica.telling.tell([securityNewsOf(event)]);
    expect(urgent.map(({ topic }) => topic)).toContain(TOPICS.notificationTelegrams.name);
  });

  it('lists what is old news and tells it over no other channel', async () => {
    const [anna, boris] = [sampleAccount(), sampleAccount()];
    await link(anna.customerId!);
    const decidedAt = new Date(Date.now() - 73 * 3_600_000).toISOString();
    await tell(replica, resultOf(anna, boris, { decidedAt }));
    expect(await bank.inboxOf(replica, anna.customerId!)).toHaveLength(1);
    expect(await bank.deliveriesTo(anna.customerId!)).toEqual([]);
  });

  it('tells every operator, and nobody else, what is for operators', async () => {
    const [one, other, customer] = [randomUUID(), randomUUID(), randomUUID()];
    await replica.recipients.copy([
      personOf(one, { role: 'operator' }),
      personOf(other, { role: 'operator', language: 'ru' }),
      personOf(customer),
    ]);
    const news = requestedNewsOf({
      notificationId: randomUUID(),
      type: 'feed_problem',
      data: { source: 'ecb', problem: 'HTML instead of XML' },
      occurredAt: new Date().toISOString(),
    });
    const messages = await replica.telling.tell([news, news]);
    expect(
      pushesIn(messages)
        .map(({ title }) => title)
        .sort(),
    ).toEqual(['Trouble with the rates of ECB', 'Сбой источника курсов: ЕЦБ']);
    expect(await bank.inboxOf(replica, customer)).toEqual([]);
    expect(await bank.deliveriesTo(one)).toMatchObject([{ channel: 'email', type: 'feed_problem' }]);
  });

  it('keeps the newest of what it hears of somebody', async () => {
    const customerId = randomUUID();
    const heard = (revision: string, email: string) => personOf(customerId, { revision, email });
    await replica.recipients.copy([
      heard('2', 'two@example.com'),
      heard('3', 'three@example.com'),
      heard('1', 'one@example.com'),
    ]);
    await replica.recipients.copy([heard('2', 'two@example.com')]);
    await replica.recipients.copy([]);
    expect(
      await bank.temporary.query(
        'SELECT email, revision FROM notification.recipient WHERE customer_id = $1',
        [customerId],
      ),
    ).toEqual([{ email: 'three@example.com', revision: '3' }]);
  });

  it('counts what it stores and what it had stored', async () => {
    const [anna, boris] = [sampleAccount(), sampleAccount()];
    const own = bank.replica();
    const result = resultOf(anna, boris);
    await tell(own, result);
    await tell(own, result);
    const metrics = await own.metrics.registry.metrics();
    expect(metrics).toMatch(/^notifications_total\{type="transfer_sent"\} 1$/m);
    expect(metrics).toMatch(/^notifications_repeated_total 2$/m);
    expect(metrics).toMatch(/^notification_delay_seconds_count 2$/m);
  });

  describe('in two replicas at once', () => {
    it('tells an event once, whoever gets it', async () => {
      const replicas = [await bank.anotherReplica(), await bank.anotherReplica()];
      const people = Array.from({ length: 20 }, () => sampleAccount());
      const results = people.map((from, index) => resultOf(from, people[(index + 1) % people.length]!));
      const rounds = await Promise.all(
        Array.from({ length: 10 }, (_, round) =>
          tell(replicas[round % 2]!, ...(round % 3 ? results : results.toReversed())),
        ),
      );
      for (const messages of rounds) expect(pushesIn(messages)).toHaveLength(40);
      for (const { customerId } of people) {
        expect((await bank.inboxOf(replica, customerId!)).map(({ ordinal }) => ordinal)).toEqual(['1', '2']);
      }
    });

    it('counts places without gaps, shows them in order, and never waits in a circle', async () => {
      const replicas = [replica, await bank.anotherReplica(), await bank.anotherReplica()];
      const people = Array.from({ length: 12 }, () => sampleAccount());
      const before = await bank.deadlocks();
      const watched = people[0]!.customerId!;
      const done = new AbortController();
      const watching = (async () => {
        const seen: number[] = [];
        while (!done.signal.aborted) {
          const rows = await bank.temporary.query<{ ordinal: string }>(
            'SELECT ordinal FROM notification.notification WHERE customer_id = $1 ORDER BY ordinal',
            [watched],
          );
          seen.push(rows.length);
          // Whatever is there is all there is up to the last one.
          expect(rows.map(({ ordinal }) => Number(ordinal))).toEqual(rows.map((_, index) => index + 1));
        }
        return seen;
      })();
      const batches = Array.from({ length: 30 }, (_, round) =>
        Array.from({ length: 40 }, (__, index) =>
          resultOf(people[(round + index) % 12]!, people[(round + index * 5 + 1) % 12]!),
        ).filter(({ debitAccountId, creditAccountId }) => debitAccountId !== creditAccountId),
      );
      await Promise.all(batches.map((batch, round) => tell(replicas[round % 3]!, ...batch)));
      done.abort();
      expect((await watching).length).toBeGreaterThan(1);
      expect(await bank.deadlocks()).toBe(before);
      const told = await bank.temporary.query<{ count: number; last: number; counted: number }>(
        `SELECT count(*)::int AS count, max(n.ordinal)::int AS last, max(i.last_ordinal)::int AS counted
           FROM notification.notification n JOIN notification.inbox i USING (customer_id)
          WHERE customer_id = ANY($1) GROUP BY customer_id`,
        [people.map(({ customerId }) => customerId)],
      );
      expect(told).toHaveLength(12);
      for (const { count, last, counted } of told) expect([last, counted]).toEqual([count, count]);
      expect(told.reduce((sum, { count }) => sum + count, 0)).toBe(batches.flat().length * 2);
    }, 60_000);
  });

  it.each([
    ['forget a notification', 'DELETE FROM notification.notification'],
    ['rewrite a notification', `UPDATE notification.notification SET data = '{}'`],
    ['empty inboxes', 'TRUNCATE notification.inbox'],
  ])('may not %s', async (_what, sql) => {
    await expect(bank.database.query(sql)).rejects.toMatchObject({ code: '42501' });
  });
});
