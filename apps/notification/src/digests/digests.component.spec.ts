import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { RateDigest } from '@kopeck/contracts';
import { NotificationOnPostgresql, pushesIn, type Replica } from '../testing/notification-on-postgresql.js';
import { changeOf } from '../testing/sample-events.js';

describe('following rates, on PostgreSQL', () => {
  let bank: NotificationOnPostgresql;
  let replica: Replica;

  beforeAll(async () => {
    bank = await NotificationOnPostgresql.create();
    replica = bank.replica();
  }, 30_000);

  beforeEach(() => bank.sent.splice(0));

  afterAll(() => bank?.drop());

  async function follower(rateDigest: RateDigest, ...rateCurrencies: string[]): Promise<string> {
    const customerId = randomUUID();
    await bank.choose(replica, customerId, { rateDigest, rateCurrencies });
    return customerId;
  }

  /** As if its hour had come. */
  async function makeDue(customerId: string): Promise<void> {
    await bank.temporary.query(
      `UPDATE notification.digest SET due_at = date_trunc('milliseconds', now()) - interval '1 second' WHERE customer_id = $1`,
      [customerId],
    );
  }

  async function titlesOf(customerId: string): Promise<string[]> {
    return (await bank.inboxOf(replica, customerId)).map(({ title }) => title);
  }

  it('tells at once those who want that, of the currencies they named, once', async () => {
    const [dollars, euros, nobody] = [
      await follower('immediate', 'USD', 'GBP'),
      await follower('immediate', 'EUR'),
      await follower('immediate'),
    ];
    const changes = [changeOf('USD', '80', '81'), changeOf('CNY', '12', '11')];
    for (let time = 0; time < 3; time++) await replica.rates.follow(changes);
    expect(await titlesOf(dollars)).toEqual(['USD costs 81 RUB']);
    expect(await titlesOf(euros)).toEqual([]);
    expect(await titlesOf(nobody)).toEqual([]);
    expect(pushesIn(bank.sent, dollars)).toHaveLength(3);
  });

  it('collects for the others, and tells them once, when it is time', async () => {
    const customerId = await follower('hourly', 'USD', 'EUR');
    await replica.rates.follow([changeOf('USD', '80', '81'), changeOf('EUR', '90', '91')]);
    await replica.digests.sendDue();
    expect(await titlesOf(customerId)).toEqual([]);
    const [row] = await bank.temporary.query<{ due_at: Date }>(
      'SELECT due_at FROM notification.digest WHERE customer_id = $1',
      [customerId],
    );
    expect(row!.due_at.getTime() - Date.now()).toBeGreaterThan(-1_000);
    expect(row!.due_at.getTime() - Date.now()).toBeLessThanOrEqual(3_600_000);
    await replica.rates.follow([changeOf('USD', '81', '82.5')]);
    await makeDue(customerId);
    await replica.digests.sendDue();
    await replica.digests.sendDue();
    const [digest, ...more] = await bank.inboxOf(replica, customerId);
    expect(digest).toMatchObject({ title: '2 rates have changed', type: 'rate_change', link: '/rates' });
    expect(digest!.text).toMatch(/^EUR 90 → 91 RUB .*; USD 80 → 82\.5 RUB /);
    expect(more).toEqual([]);
    expect(pushesIn(bank.sent, customerId)).toEqual([digest]);
  });

  it('does not tell again what comes again after its digest', async () => {
    const customerId = await follower('daily', 'USD');
    const changes = [changeOf('USD', '80', '81')];
    await replica.rates.follow(changes);
    await makeDue(customerId);
    await replica.digests.sendDue();
    await replica.rates.follow(changes);
    await makeDue(customerId);
    await replica.digests.sendDue();
    expect(await titlesOf(customerId)).toEqual(['1 rate has changed']);
  });

  it('says nothing of rates that are what they were', async () => {
    const customerId = await follower('hourly', 'USD');
    await replica.rates.follow([changeOf('USD', '80', '81', { changedAt: '2026-11-26T10:00:00.000Z' })]);
    await replica.rates.follow([changeOf('USD', '81', '80', { changedAt: '2026-11-26T10:01:00.000Z' })]);
    await makeDue(customerId);
    await replica.digests.sendDue();
    expect(await titlesOf(customerId)).toEqual([]);
  });

  it('sends a digest once it can, when the broker was away as it was due', async () => {
    const customerId = await follower('hourly', 'USD');
    await replica.rates.follow([changeOf('USD', '80', '81')]);
    await makeDue(customerId);
    bank.brokerIsAway = true;
    await expect(replica.digests.sendDue()).rejects.toThrow('The broker is away');
    await expect(replica.digests.sendDue()).rejects.toThrow('The broker is away');
    bank.brokerIsAway = false;
    await replica.rates.follow([changeOf('USD', '81', '82')]);
    await replica.digests.sendDue();
    expect(pushesIn(bank.sent, customerId)).toHaveLength(1);
    await makeDue(customerId);
    await replica.digests.sendDue();
    expect((await bank.inboxOf(replica, customerId)).map(({ text }) => text)).toEqual([
      expect.stringMatching(/^USD 80 → 81 /),
      expect.stringMatching(/^USD 81 → 82 /),
    ]);
    expect(pushesIn(bank.sent, customerId)).toHaveLength(2);
  });

  it('tells each digest once, however many replicas sweep while rates go on changing', async () => {
    const replicas = [replica, await bank.anotherReplica(), await bank.anotherReplica()];
    const people = await Promise.all(Array.from({ length: 20 }, () => follower('hourly', 'KZT')));
    const before = await bank.deadlocks();
    let rate = 100;
    for (let round = 0; round < 5; round++) {
      await replica.rates.follow([changeOf('KZT', String(rate), String(++rate))]);
      await Promise.all(people.map(makeDue));
      const next = changeOf('KZT', String(rate), String(++rate));
      await Promise.all([
        ...replicas.map(({ digests }) => digests.sendDue()),
        replicas[1]!.rates.follow([next]),
        replicas[2]!.rates.follow([next]),
      ]);
    }
    await Promise.all(people.map(makeDue));
    await replica.digests.sendDue();
    for (const customerId of people) {
      const texts = (await bank.inboxOf(replica, customerId)).map(({ text }) => text);
      // One begins where the one before ended: nothing is missing and nothing said twice.
      const moves = texts.map((text) => /KZT (\d+) → (\d+)/.exec(text)!.slice(1).map(Number));
      expect(moves[0]![0]).toBe(100);
      moves.slice(1).forEach(([from], index) => expect(from).toBe(moves[index]![1]));
      expect(moves.at(-1)![1]).toBe(rate);
    }
    expect(await bank.deadlocks()).toBe(before);
  }, 60_000);

  it('reaches more followers than one page has', async () => {
    const people = Array.from({ length: 1_050 }, () => randomUUID());
    const [{ chosen }] = (await bank.temporary.query<{ chosen: object }>(
      'SELECT chosen FROM notification.preference WHERE customer_id = $1',
      [await follower('immediate', 'JPY')],
    )) as [{ chosen: object }];
    await bank.temporary.query(
      'INSERT INTO notification.preference (customer_id, revision, chosen) SELECT id, 1, $2 FROM unnest($1::uuid[]) AS p (id)',
      [people, JSON.stringify(chosen)],
    );
    await replica.rates.follow([changeOf('JPY', '0.5', '0.6')]);
    for (const customerId of people) expect(pushesIn(bank.sent, customerId)).toHaveLength(1);
  });
});
