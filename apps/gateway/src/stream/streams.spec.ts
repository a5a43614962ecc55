import { randomUUID } from 'node:crypto';
import { INBOX_QUESTIONS, type EntryPosted, type ReplayInbox, type TransferResult } from '@kopeck/contracts';
import { DeadlineExceeded, eventually } from '@kopeck/kafka';
import { inboxItemOf, replayOf } from '../notifications/notification.samples.js';
import { callGateway, expectProblem } from '../testing/gateway-caller.js';
import { startGateway, type GatewayUnderTest } from '../testing/gateway-under-test.js';
import { StreamReader } from '../testing/stream-reader.js';
import { requestOf, resultOf } from '../transfers/transfer.samples.js';
import { MAX_STREAMS_PER_CUSTOMER } from './stream-hub.service.js';

const HEARTBEAT_LATER_MS = 26_000;
const CHECK_LATER_MS = 61_000;
const SESSION_OVER_MS = 601_000;
const MAX_STREAMS = 12;

describe('event streams', () => {
  let gateway: GatewayUnderTest;
  let customerId: string;
  let anna: string;
  const readers: StreamReader[] = [];

  beforeAll(async () => {
    gateway = await startGateway({ MAX_STREAMS });
    await gateway.app.listen(0, '127.0.0.1');
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    customerId = randomUUID();
    anna = gateway.signIn('customer', customerId);
    gateway.services.asked.length = 0;
    gateway.services.answers = {};
    gateway.state.isDown = false;
  });

  afterEach(async () => {
    for (const reader of readers.splice(0)) reader.close();
    await eventually(() => expectOpen(0));
  });

  async function open(headers: Record<string, string> = {}, as = anna): Promise<StreamReader> {
    const reader = await StreamReader.open(gateway, { authorization: as, ...headers });
    readers.push(reader);
    await eventually(() => expect(reader.named('hello')).toHaveLength(1));
    return reader;
  }

  const push = (...ordinals: number[]) => {
    for (const ordinal of ordinals) gateway.hub.onPush({ customerId, item: inboxItemOf(ordinal) });
  };
  const inbox = (size: () => number) => {
    gateway.services.answers[INBOX_QUESTIONS.replay.pattern] = replayOf(size);
  };
  const ids = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) => String(from + index));
  const metric = async (name: string) => (await gateway.metrics.registry.getSingleMetric(name)!.get()).values;
  const expectOpen = async (count: number) =>
    expect(await metric('kopeck_streams_open')).toMatchObject([{ value: count }]);

  describe('over HTTP', () => {
    it('need a session, of any role', async () => {
      expectProblem(await callGateway(gateway, '/stream'), 401, 'unauthenticated');
      const reader = await open({}, gateway.signIn('operator'));
      expect(reader.response.statusCode).toBe(200);
    });

    it('say what they are, to proxies too, and keep the API’s headers', async () => {
      const { response, events } = await open();
      expect(response.headers).toMatchObject({
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
        'x-content-type-options': 'nosniff',
        'ratelimit-policy': expect.any(String),
      });
      expect(events).toEqual([{ name: 'hello', id: undefined, retry: '2000', data: {} }]);
    });

    it('are nothing that HEAD could hold open', async () => {
      const answer = await gateway.app.inject({
        method: 'HEAD',
        url: '/api/v1/stream',
        headers: { authorization: anna },
      });
      expect([answer.statusCode, answer.body]).toEqual([200, '']);
      expect(answer.headers['content-type']).toMatch(/^text\/event-stream/);
      await expectOpen(0);
    });

    it('end with the application, at once', async () => {
      const other = await startGateway();
      await other.app.listen(0, '127.0.0.1');
      const as = other.signIn('customer');
      const reader = await StreamReader.open(other, { authorization: as });
      await other.app.close();
      await eventually(() => expect(reader.isEnded).toBe(true));
    });
  });

  describe('of an inbox', () => {
    it('tell each open page of its owner what is new, as REST shows it', async () => {
      const [one, two] = [await open(), await open()];
      const stranger = await open({}, gateway.signIn('customer'));
      push(4);
      for (const reader of [one, two]) {
        await eventually(() => expect(reader.named('notification')).toHaveLength(1));
        const { notificationId: id, ...item } = inboxItemOf(4);
        expect(reader.named('notification')).toEqual([
          { name: 'notification', id: '4', retry: undefined, data: { id, ...item } },
        ]);
      }
      expect(stranger.named('notification')).toEqual([]);
    });

    it('tell each open page of its owner how many are left when some were read', async () => {
      const [one, two] = [await open(), await open()];
      const stranger = await open({}, gateway.signIn('customer'));
      gateway.hub.onRead({ customerId, unreadCount: 2 });
      for (const reader of [one, two]) {
        await eventually(() => expect(reader.named('unread')).toHaveLength(1));
        expect(reader.named('unread')).toMatchObject([{ id: undefined, data: { unreadCount: 2 } }]);
      }
      expect(stranger.named('unread')).toEqual([]);
    });

    it('show nothing twice, and nothing out of order', async () => {
      inbox(() => 5);
      const reader = await open();
      push(1, 2, 2, 1, 3, 2, 5, 4, 5);
      await eventually(() => expect(reader.ids).toEqual(ids(1, 5)));
      push(4, 5, 6);
      await eventually(() => expect(reader.ids).toEqual(ids(1, 6)));
    });

    it('begin with what came after Last-Event-ID, part by part', async () => {
      inbox(() => 250);
      const reader = await open({ 'last-event-id': '3' });
      push(250);
      await eventually(() => expect(reader.ids).toEqual(ids(4, 250)));
      const questions = gateway.services.asked.map(({ request }) => request as unknown as ReplayInbox);
      expect(questions.map(({ afterOrdinal }) => afterOrdinal)).toEqual(['3', '103', '203']);
      for (const question of questions) expect(question.customerId).toBe(customerId);
    });

    it('bring what comes during a replay behind it', async () => {
      let size = 2;
      gateway.services.answers[INBOX_QUESTIONS.replay.pattern] = async (question: ReplayInbox) => {
        const answer = replayOf(() => size)(question);
        if (size < 6) push(++size);
        await new Promise((resolve) => setImmediate(resolve));
        return answer;
      };
      const reader = await open({ 'last-event-id': '0' });
      await eventually(() => expect(reader.ids).toEqual(ids(1, 6)));
    });

    it.each(['', 'x', '-1', '1'.repeat(30)])(
      'begin with now for the Last-Event-ID %j',
      async (lastEventId) => {
        const reader = await open({ 'last-event-id': lastEventId });
        push(7);
        await eventually(() => expect(reader.ids).toEqual(['7']));
        expect(gateway.services.asked).toEqual([]);
      },
    );

    it('try again while nobody can replay, and go on with transfers meanwhile', async () => {
      gateway.services.answers[INBOX_QUESTIONS.replay.pattern] = () => {
        throw new DeadlineExceeded('away');
      };
      const reader = await open({ 'last-event-id': '1' });
      gateway.hub.onResult(resultOf(requestOf({ customerId })));
      await eventually(() => expect(reader.named('transfer')).toHaveLength(1));
      inbox(() => 3);
      const asked = gateway.services.asked.length;
      await eventually(() => {
        void gateway.hub.tick(Date.now());
        expect(reader.ids).toEqual(['2', '3']);
      });
      expect(gateway.services.asked.length).toBe(asked + 1);
    });
  });

  describe('of transfers', () => {
    const own = (facts: Partial<EntryPosted>): EntryPosted => ({
      accountId: '22222222-2222-4222-8222-222222222222',
      accountNumber: 'QP76KPCK000012345678',
      customerId,
      currency: 'EUR',
      amountMinor: '-1230',
      balanceAfterMinor: '8770',
      accountVersion: '7',
      ...facts,
    });

    function settled(facts: Partial<TransferResult> = {}): TransferResult {
      const creditCustomerId = randomUUID();
      return resultOf(requestOf({ customerId }), {
        creditCustomerId,
        entries: [
          own({}),
          own({
            accountId: '99999999-9999-4999-8999-999999999999',
            customerId: creditCustomerId,
            amountMinor: '1230',
            balanceAfterMinor: '1231',
            accountVersion: '2',
          }),
        ],
        ...facts,
      });
    }

    it('tell each party its own side, with its own balances', async () => {
      const result = settled();
      const sender = await open();
      const recipient = await open({}, gateway.signIn('customer', result.creditCustomerId!));
      gateway.hub.onResult(result);
      await eventually(() => expect(sender.named('transfer')).toHaveLength(1));
      await eventually(() => expect(recipient.named('transfer')).toHaveLength(1));
      const [sent] = sender.named('transfer');
      expect(sent!.id).toBeUndefined();
      expect(sent!.data).toMatchObject({
        id: result.transferId,
        status: 'completed',
        debitAccountId: result.debitAccountId,
        creditAccountId: null,
        instructedAmount: { amount: '12.30', currency: 'EUR' },
        balances: [
          {
            accountId: '22222222-2222-4222-8222-222222222222',
            balance: { amount: '87.70', currency: 'EUR' },
            version: '7',
          },
        ],
      });
      expect(recipient.named('transfer')[0]!.data).toMatchObject({
        id: result.transferId,
        debitAccountId: null,
        creditAccountId: result.creditAccountId,
        balances: [{ balance: { amount: '12.31', currency: 'EUR' }, version: '2' }],
      });
      expect(JSON.stringify(recipient.events)).not.toContain(result.debitAccountId);
      expect(JSON.stringify(sender.events)).not.toContain(result.creditAccountId);
    });

    it('tell a refusal only to who asked', async () => {
      const result = settled({ status: 'failed', reason: 'insufficient_funds', entries: [] });
      const sender = await open();
      const recipient = await open({}, gateway.signIn('customer', result.creditCustomerId!));
      gateway.hub.onResult(result);
      await eventually(() => expect(sender.named('transfer')).toHaveLength(1));
      expect(sender.named('transfer')[0]!.data).toMatchObject({
        status: 'failed',
        reason: 'insufficient_funds',
        balances: [],
      });
      gateway.hub.onResult({ ...settled(), creditCustomerId: result.creditCustomerId });
      await eventually(() => expect(recipient.named('transfer')).toHaveLength(1));
      expect(recipient.named('transfer')[0]!.data.status).toBe('completed');
    });

    it('tell a result once, however often it is published', async () => {
      const reader = await open();
      const result = settled();
      for (let time = 0; time < 3; time++) gateway.hub.onResult(result);
      gateway.hub.onResult(settled());
      await eventually(() => expect(reader.named('transfer')).toHaveLength(2));
      expect(new Set(reader.named('transfer').map(({ data }) => data.id)).size).toBe(2);
    });

    it('cost nobody their answer when one cannot be told', async () => {
      const reader = await open();
      gateway.hub.onResult(settled({ currency: 'no currency' }));
      gateway.hub.onResult(settled());
      await eventually(() => expect(reader.named('transfer')).toHaveLength(1));
    });
  });

  describe('have limits', () => {
    it('of a customer: the oldest ends, and is told to take its time', async () => {
      const all: StreamReader[] = [];
      for (let count = 0; count <= MAX_STREAMS_PER_CUSTOMER; count++) all.push(await open());
      await eventually(() => expect(all[0]!.isEnded).toBe(true));
      expect(all[0]!.retry).toBe('60000');
      push(1);
      for (const reader of all.slice(1)) await eventually(() => expect(reader.ids).toEqual(['1']));
      await expectOpen(MAX_STREAMS_PER_CUSTOMER);
    });

    it('of an instance: another one is 503', async () => {
      for (let count = 0; count < MAX_STREAMS; count++) await open({}, gateway.signIn('customer'));
      const answer = await callGateway(gateway, '/stream', { as: anna });
      expectProblem(answer, 503, 'unavailable');
      expect(answer.headers['retry-after']).toBe('2');
    });

    const LONG = 'x'.repeat(15_000);
    /** Some 300 kB at once. */
    const burst = (from: number) => {
      for (let ordinal = from; ordinal < from + 20; ordinal++)
        gateway.hub.onPush({ customerId, item: inboxItemOf(ordinal, { text: LONG }) });
    };
    const expectSlowEnded = async (count: number) =>
      expect(await metric('kopeck_streams_ended_total')).toContainEqual({
        labels: { reason: 'slow' },
        value: count,
      });

    it('of patience: who leaves a burst unread is cut off, who reads it is not', async () => {
      const [sleeper, reader] = [await open(), await open()];
      sleeper.stall();
      let ordinal = 1;
      // Until the buffers of the system, which nobody else sees, are full.
      await eventually(async () => {
        burst(ordinal);
        ordinal += 20;
        await eventually(() => expect(reader.ids).toHaveLength(ordinal - 1));
        await gateway.hub.tick(Date.now());
        await expectOpen(1);
      });
      await expectSlowEnded(1);
      expect(reader.isEnded).toBe(false);
    });

    it('of memory: too much at once ends the connection at once', async () => {
      const reader = await open();
      for (let ordinal = 1; ordinal < 60; ordinal += 20) burst(ordinal);
      await eventually(() => expect(reader.isEnded).toBe(true));
      await expectSlowEnded(2);
    });

    it('of silence: a sign of life after 25 seconds', async () => {
      const reader = await open();
      await gateway.hub.tick(Date.now());
      await gateway.hub.tick(Date.now() + HEARTBEAT_LATER_MS);
      await eventually(() => expect(reader.comments).toBe(1));
    });
  });

  describe('end with their session', () => {
    it('at once when it is ended here', async () => {
      const other = gateway.signIn('customer', customerId);
      const [one, two] = [await open(), await open({}, other)];
      await callGateway(gateway, '/sessions/current', { method: 'DELETE', as: anna });
      await eventually(() => expect(one.isEnded).toBe(true));
      push(1);
      await eventually(() => expect(two.ids).toEqual(['1']));
      await callGateway(gateway, '/sessions', { method: 'DELETE', as: other });
      await eventually(() => expect(two.isEnded).toBe(true));
    });

    it('within a minute when it ended elsewhere', async () => {
      const [reader, stranger] = [await open(), await open({}, gateway.signIn('customer'))];
      gateway.state.sessions.delete(anna.slice('Bearer '.length));
      await gateway.hub.tick(Date.now());
      expect(reader.isEnded).toBe(false);
      await gateway.hub.tick(Date.now() + CHECK_LATER_MS - 2_000);
      await gateway.hub.tick(Date.now() + CHECK_LATER_MS);
      await eventually(() => expect(reader.isEnded).toBe(true));
      expect(stranger.isEnded).toBe(false);
    });

    it('when its time is over, whatever Redis says', async () => {
      const reader = await open();
      gateway.state.isDown = true;
      await gateway.hub.tick(Date.now() + CHECK_LATER_MS);
      expect(reader.isEnded).toBe(false);
      await gateway.hub.tick(Date.now() + SESSION_OVER_MS);
      await eventually(() => expect(reader.isEnded).toBe(true));
    });
  });
});
