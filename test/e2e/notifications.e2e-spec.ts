import { randomUUID } from 'node:crypto';
import { TOPICS } from '@kopeck/contracts';
import {
  BankClient,
  expected,
  fundedAccount,
  PASSWORD,
  signIn,
  transferBody,
  type Account,
} from '../support/bank-client.js';
import { EventStream, type StreamedEvent } from '../support/event-stream.js';
import { eventually } from '../support/eventually.js';
import { RateFeed } from '../support/rate-feed.js';
import { RawKafka, type SeenMessage } from '../support/raw-kafka.js';
import { startSystem, type RunningSystem } from '../support/system.js';

/** From what happens to who should know. */
const WITHIN_MS = 2_000;
const REDELIVERIES = 10;
const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const FULL_ACCOUNT_NUMBER = /QP\d\d[A-Z]{4}\d{12}/;

interface Person {
  readonly email: string;
  readonly client: BankClient;
  readonly account: Account;
  /** An open page. */
  readonly page: EventStream;
}

describe('notifications', () => {
  let system: RunningSystem;
  let feed: RateFeed;
  let operator: BankClient;
  let anna: Person;
  let boris: Person;
  const pages: EventStream[] = [];

  beforeAll(async () => {
    feed = await RateFeed.start();
    system = await startSystem({ settings: { 'currency-converter': feed.environment } });
    operator = await signIn(system.url, system.operator.email, system.operator.password);
    // The first messages of all take longer: every service fetches them for the first time.
    const warm = await newPerson('Warm');
    await eventually(async () => expect(await inboxOf(warm)).not.toEqual([]), { withinMs: 30_000 });
  }, 120_000);

  afterAll(async () => {
    await system?.leave();
    await feed?.stop();
  }, 60_000);

  beforeEach(async () => {
    [anna, boris] = [await newPerson('Anna'), await newPerson('Boris')];
  }, 30_000);

  afterEach(() => {
    for (const page of pages.splice(0)) page.close();
  });

  async function newPerson(name: string): Promise<Person> {
    const email = `${randomUUID()}@example.com`;
    const body = { email, password: PASSWORD, name };
    expected(201, await new BankClient(system.url).send('POST', '/customers', { body }));
    const client = await signIn(system.url, email, PASSWORD);
    const account = await fundedAccount(client, operator, 'EUR', '100.00');
    const before = await eventually(async () => {
      const all = await inboxOf({ client });
      const types = all.map(({ type }) => type).sort();
      expect(types).toEqual(['account_opened', 'sign_in', 'transfer_received']);
      return all;
    });
    // Pushes of what came before may still be on their way: the page says that it has seen them.
    return { email, client, account, page: await listen(client, before[0].ordinal) };
  }

  async function listen(client: BankClient, lastEventId?: string): Promise<EventStream> {
    const page = await EventStream.listen(client, lastEventId);
    pages.push(page);
    return page;
  }

  const inboxOf = async ({ client }: { client: BankClient }): Promise<any[]> =>
    expected(200, await client.get('/notifications?limit=200')).data;
  const about = async (person: Person, transferId: string) =>
    (await inboxOf(person)).filter(({ link }) => link === `/transfers/${transferId}`);
  const send = async (from: Person, to: Person, amount: string): Promise<string> =>
    expected(201, await from.client.transfer(transferBody(from.account, to.account, amount))).id as string;
  const prefer = async ({ client }: Person, change: (all: any) => object): Promise<void> => {
    const { body, headers } = await client.get('/notification-preferences');
    const answer = await client.send('PUT', '/notification-preferences', {
      body: { ...body, ...change(body) },
      headers: { 'if-match': headers.get('etag')! },
    });
    expected(200, answer);
  };

  function expectGapless(events: readonly StreamedEvent[]): void {
    const ids = events.map(({ id }) => Number(id));
    expect(ids).toEqual(ids.map((_, index) => ids[0]! + index));
  }

  it('of a transfer reach both sides: the open page within two seconds, and the inbox', async () => {
    const startedAtMs = Date.now();
    const id = await send(anna, boris, '12.30');
    for (const [person, type] of [
      [anna, 'transfer_sent'],
      [boris, 'transfer_received'],
    ] as const) {
      const [seen] = await eventually(
        () => {
          expect(person.page.about(id)).toHaveLength(1);
          return person.page.about(id);
        },
        { withinMs: WITHIN_MS },
      );
      expect(seen!.seenAtMs - startedAtMs).toBeLessThan(WITHIN_MS);
      expect(seen!.data).toMatchObject({ type, category: 'money', readAt: null });
      expect(seen!.data.title.length).toBeLessThanOrEqual(80);
      expect(`${seen!.data.title} ${seen!.data.text}`).toMatch(/12\.30/);
      expect(JSON.stringify(seen!.data)).not.toMatch(FULL_ACCOUNT_NUMBER);
      expect(await about(person, id)).toEqual([seen!.data]);
      const [moved] = person.page.transfers.filter(({ data }) => data.id === id);
      expect(moved!.data).toMatchObject({
        status: 'completed',
        balances: [
          {
            accountId: person.account.id,
            balance: { amount: type === 'transfer_sent' ? '87.70' : '112.30', currency: 'EUR' },
          },
        ],
      });
    }
  });

  it('of a refusal reach only who asked', async () => {
    const answer = await anna.client.transfer(transferBody(anna.account, boris.account, '100.01'));
    expect([answer.status, answer.body.code]).toEqual([422, 'insufficient_funds']);
    const id: string = answer.body.transferId;
    await eventually(() => expect(anna.page.about(id)).toHaveLength(1), { withinMs: WITHIN_MS });
    expect(anna.page.about(id)[0]!.data.type).toBe('transfer_refused');
    // Both sides' lines are written together.
    expect(await about(boris, id)).toEqual([]);
    expect(boris.page.transfers).toEqual([]);
  });

  it('tell of a rate that was waited for', async () => {
    feed.set('EUR', '96.0000');
    await eventually(async () => {
      const { data } = expected(200, await anna.client.get('/rates?base=EUR&quote=RUB'));
      expect(data[0].exchangeRate).toBe('96.0000000000');
    });
    const body = { base: 'EUR', quote: 'RUB', kind: 'at_or_above', rate: '96.5' };
    expected(201, await anna.client.send('POST', '/rate-alerts', { body }));
    feed.set('EUR', '96.5500');
    const told = () => anna.page.notifications.filter(({ data }) => data.type === 'rate_alert');
    await eventually(() => expect(told()).toHaveLength(1), { withinMs: WITHIN_MS * 2 });
    expect(told()[0]!.data.text).toMatch(/96\.55/);
    expect(boris.page.notifications).toEqual([]);
  });

  it('tell of another sign-in, and what was used', async () => {
    const answer = await new BankClient(system.url).send('POST', '/sessions', {
      body: { email: anna.email, password: PASSWORD },
      headers: { 'user-agent': FIREFOX },
    });
    const other = new BankClient(system.url, expected(201, answer).token);
    await eventually(() => expect(anna.page.notifications).toHaveLength(1), { withinMs: WITHIN_MS });
    const [{ data }] = anna.page.notifications as [StreamedEvent];
    expect(data).toMatchObject({ type: 'sign_in', category: 'security' });
    expect(`${data.title} ${data.text}`).toContain('Firefox on Windows');
    const { data: sessions } = expected(200, await other.get('/sessions'));
    expect(sessions).toMatchObject([
      { device: 'Firefox on Windows', isCurrent: true },
      { device: null, isCurrent: false },
    ]);
  });

  it('tell of the end of all sessions, and an open page ends with its own', async () => {
    const other = await signIn(system.url, anna.email, PASSWORD);
    const page = await listen(other);
    expect((await anna.client.send('DELETE', '/sessions')).status).toBe(204);
    await eventually(() => expect([anna.page.isEnded, page.isEnded]).toEqual([true, true]), {
      withinMs: WITHIN_MS,
    });
    const back = await signIn(system.url, anna.email, PASSWORD);
    await eventually(async () =>
      expect((await inboxOf({ client: back })).map(({ type }) => type)).toContain('sessions_ended'),
    );
  });

  it('tell of an account that is frozen and released again', async () => {
    for (const [action, type] of [
      ['freeze', 'account_frozen'],
      ['unfreeze', 'account_unfrozen'],
    ]) {
      const path = `/operator/accounts/${anna.account.id}/${action}`;
      expected(200, await operator.send('POST', path, { body: { reason: 'Asked for by the owner' } }));
      const told = () => anna.page.notifications.filter(({ data }) => data.type === type);
      await eventually(() => expect(told()).toHaveLength(1), { withinMs: WITHIN_MS });
      expect(told()[0]!.data.link).toBe(`/accounts/${anna.account.id}`);
    }
  });

  it('leave out what somebody does not want to be told', async () => {
    await prefer(boris, ({ channels }) => ({ channels: { ...channels, transfer_received: ['webhook'] } }));
    const id = await send(anna, boris, '1.00');
    // Anna's line and Boris's would be written together.
    await eventually(() => expect(anna.page.about(id)).toHaveLength(1));
    expect(await about(boris, id)).toEqual([]);
    expect(boris.page.notifications).toEqual([]);
    // The page itself still shows its balance.
    await eventually(() => expect(boris.page.transfers.map(({ data }) => data.id)).toEqual([id]));
  });

  it('come in the language that somebody chose', async () => {
    await prefer(boris, () => ({ language: 'ru' }));
    const id = await send(anna, boris, '1.50');
    await eventually(() => expect(boris.page.about(id)).toHaveLength(1));
    await eventually(() => expect(anna.page.about(id)).toHaveLength(1));
    const words = ({ title, text }: { title: string; text: string }) => `${title} ${text}`;
    expect(words(boris.page.about(id)[0]!.data)).toMatch(/[а-я]{3}.*1,50/s);
    expect(words(anna.page.about(id)[0]!.data)).not.toMatch(/[а-я]/i);
  });

  it('that were missed come first when a page comes back', async () => {
    const first = await send(anna, boris, '1.00');
    await eventually(() => expect(boris.page.about(first)).toHaveLength(1));
    const lastEventId = boris.page.notifications.at(-1)!.id!;
    boris.page.close();
    const missed = [await send(anna, boris, '2.00'), await send(anna, boris, '3.00')];
    await eventually(async () => expect(await about(boris, missed[1]!)).toHaveLength(1));
    const back = await listen(boris.client, lastEventId);
    missed.push(await send(anna, boris, '4.00'));
    await eventually(() => expect(back.notifications).toHaveLength(3), { withinMs: WITHIN_MS });
    expect(back.notifications.map(({ data }) => data.link)).toEqual(missed.map((id) => `/transfers/${id}`));
    expect(back.notifications[0]!.id).toBe(String(Number(lastEventId) + 1));
    expectGapless(back.notifications);
  });

  it('are known to be read', async () => {
    const unread = async () => expected(200, await boris.client.get('/notifications?unread=true'));
    const before = await unread();
    expect(before.unreadCount).toBe(before.data.length);
    const id: string = before.data[0].id;
    const body = { read: true };
    const answer = await boris.client.send('PATCH', `/notifications/${id}`, { body });
    expect(expected(200, answer)).toEqual({ unreadCount: before.unreadCount - 1 });
    expect((await unread()).data.map((one: { id: string }) => one.id)).not.toContain(id);
    const all = await boris.client.send('POST', '/notifications/read', { body: {} });
    expect(expected(200, all)).toEqual({ unreadCount: 0 });
    expect((await unread()).data).toEqual([]);
  });

  describe('of messages that come again', () => {
    let kafka: RawKafka;
    let results: SeenMessage[];

    beforeAll(async () => {
      kafka = await RawKafka.connect(system.brokers);
      results = await kafka.watch(TOPICS.transferResults.name);
    }, 30_000);
    afterAll(() => kafka?.close(), 30_000);

    it('are shown once', async () => {
      const id = await send(anna, boris, '5.00');
      const message = await eventually(() => {
        const found = results.find(({ value }) => value?.toString().includes(id));
        if (!found) throw new Error('the result has not been seen yet');
        return found;
      });
      const again = { key: message.key!, value: message.value, headers: message.headers };
      await kafka.produce(
        TOPICS.transferResults.name,
        Array.from({ length: REDELIVERIES }, () => again),
      );
      // Of the same account, so behind all of them.
      const next = await send(anna, boris, '6.00');
      for (const { page } of [anna, boris]) {
        await eventually(() => expect(page.about(next)).toHaveLength(1));
        expect(page.about(id)).toHaveLength(1);
        expect(page.transfers.filter(({ data }) => data.id === id)).toHaveLength(1);
        expectGapless(page.notifications);
      }
      for (const person of [anna, boris]) expect(await about(person, id)).toHaveLength(1);
    });
  });

  it('wait for their service, and none is lost or shown twice when it is killed', async () => {
    await system.kill('notification');
    const ids: string[] = [];
    for (let count = 0; count < 5; count++) ids.push(await send(anna, boris, '1.00'));
    // Balances don't wait.
    await eventually(() => expect(boris.page.transfers.map(({ data }) => data.id)).toEqual(ids));
    expect((await boris.client.get('/notifications')).status).toBe(504);
    await system.start('notification');
    await eventually(
      () =>
        expect(boris.page.notifications.map(({ data }) => data.link)).toEqual(
          ids.map((id) => `/transfers/${id}`),
        ),
      { withinMs: 30_000 },
    );
    expectGapless(boris.page.notifications);
    for (const id of ids) expect(await about(boris, id)).toHaveLength(1);
  }, 60_000);
});
