import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import {
  isRefusal,
  TOPICS,
  type NotificationRequest,
  type OrderView,
  type PlaceOrder,
  type TransferRequest,
} from '@kopeck/contracts';
import { ConverterOnPostgresql, type Replica } from '../testing/converter-on-postgresql.js';

describe('orders and alerts on PostgreSQL', () => {
  let converter: ConverterOnPostgresql;
  let replica: Replica;
  let customerId: string;

  beforeAll(async () => {
    converter = await ConverterOnPostgresql.create();
    replica = converter.replica({ RATE_SOURCES: 'bank-of-russia' });
  }, 30_000);

  beforeEach(async () => {
    customerId = randomUUID();
    await converter.temporary.query('TRUNCATE fx.conversion_order, fx.rate_alert');
    await converter.say(replica, '96');
    converter.sent.length = 0;
    converter.brokerIsAway = false;
  });

  afterAll(() => converter?.drop(), 30_000);

  const wanted = (more: Partial<PlaceOrder> = {}): PlaceOrder => ({
    orderId: randomUUID(),
    customerId,
    debitAccountId: randomUUID(),
    creditAccountNumber: 'QP76KPCK000012345678',
    sellCurrency: 'EUR',
    buyCurrency: 'RUB',
    sellMinor: '10000',
    targetRate: '96.2',
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    ...more,
  });

  async function placed(more: Partial<PlaceOrder> = {}): Promise<OrderView> {
    const view = await replica.orders.place(wanted(more));
    if (isRefusal(view)) throw new Error(view.detail);
    return view;
  }

  const transfers = () => converter.valuesOf<TransferRequest>(TOPICS.transferRequests.name);
  const notices = () => converter.valuesOf<NotificationRequest>(TOPICS.notificationRequests.name);
  const statuses = async () => {
    const page = await replica.orders.list({ customerId, limit: 200 });
    return 'data' in page ? page.data.map(({ status }) => status) : page;
  };

  describe('an order', () => {
    it('becomes a transfer when the customer’s own rate is reached, not before', async () => {
      const order = await placed();
      await converter.say(replica, '96.5');
      await replica.triggering.triggerAll();
      expect(await statuses()).toEqual(['active']);
      // 96.2 / 0.995 = 96.6834…
      await converter.say(replica, '96.6835');
      await replica.triggering.triggerAll();
      expect(await statuses()).toEqual(['triggered']);
      expect(transfers()).toMatchObject([
        {
          kind: 'conversion',
          amountMinor: '10000',
          conversion: { quote: { midRate: '96.6835000000', side: 'sell' } },
        },
      ]);
      expect(notices()).toMatchObject([
        { type: 'order_triggered', customerId, data: { orderId: order.orderId } },
      ]);
    });

    it('is executed once when two replicas see the change at the same time, and it comes again', async () => {
      const other = converter.replica({ RATE_SOURCES: 'bank-of-russia' }, await converter.anotherDatabase());
      for (let count = 0; count < 20; count++) await placed();
      await converter.say(replica, '97');
      await Promise.all([
        replica.triggering.triggerAll(),
        other.triggering.triggerAll(),
        replica.triggering.triggerAll(),
      ]);
      await replica.triggering.triggerAll();
      expect(await statuses()).toEqual(Array.from({ length: 20 }, () => 'triggered'));
      // What two send is the same message; the transfer's id tells.
      expect(new Set(transfers().map(({ transferId }) => transferId)).size).toBe(20);
      const texts = new Map(transfers().map((request) => [request.transferId, JSON.stringify(request)]));
      for (const request of transfers()) expect(JSON.stringify(request)).toBe(texts.get(request.transferId));
    });

    it('is sent when the broker is back, exactly as it was decided', async () => {
      await placed();
      converter.brokerIsAway = true;
      await converter.say(replica, '97');
      await replica.triggering.triggerAll();
      expect(await statuses()).toEqual(['triggered']);
      converter.brokerIsAway = false;
      await converter.say(replica, '98');
      await replica.triggering.sendUnsent(0);
      expect(transfers()).toMatchObject([{ conversion: { quote: { midRate: '97.0000000000' } } }]);
      await replica.triggering.sendUnsent(0);
      expect(transfers()).toHaveLength(1);
    });

    it('is executed at once where the rate is there already', async () => {
      await placed({ targetRate: '95' });
      expect(await statuses()).toEqual(['triggered']);
    });

    it('does nothing once it was taken back or its time is over, and its customer is told', async () => {
      const [cancelled, expired] = [await placed(), await placed()];
      expect(await replica.orders.cancel({ orderId: cancelled.orderId, customerId })).toMatchObject({
        status: 'cancelled',
      });
      await converter.temporary.query(
        `UPDATE fx.conversion_order SET expires_at = clock_timestamp() WHERE id = $1`,
        [expired.orderId],
      );
      await converter.say(replica, '97');
      await replica.triggering.triggerAll();
      await replica.triggering.sweep();
      await replica.triggering.sendUnsent(0);
      expect(await statuses()).toEqual(['expired', 'cancelled']);
      expect(transfers()).toEqual([]);
      expect(notices()).toMatchObject([{ type: 'order_expired', data: { orderId: expired.orderId } }]);
      expect(await replica.orders.cancel({ orderId: expired.orderId, customerId })).toMatchObject({
        code: 'state_conflict',
      });
    });

    it('is one of a hundred at most, also when all are placed at once', async () => {
      const answers = await Promise.all(Array.from({ length: 110 }, () => replica.orders.place(wanted())));
      expect(answers.filter(isRefusal)).toHaveLength(10);
      expect(answers.filter(isRefusal)[0]).toMatchObject({ code: 'state_conflict' });
    }, 20_000);

    it('is the same when placed again, and listed page by page', async () => {
      const order = wanted();
      const first = await replica.orders.place(order);
      expect(await replica.orders.place(order)).toEqual(first);
      for (let count = 0; count < 4; count++) await placed();
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await replica.orders.list({ customerId, limit: 2, ...(cursor && { cursor }) });
        if (isRefusal(page)) throw new Error(page.detail);
        seen.push(...page.data.map(({ orderId }) => orderId));
        cursor = page.nextCursor ?? undefined;
      } while (cursor);
      expect(new Set(seen).size).toBe(5);
      expect(seen.at(-1)).toBe(order.orderId);
      expect(await replica.orders.list({ customerId, limit: 2, cursor: 'somewhere' })).toMatchObject({
        code: 'invalid_cursor',
      });
    });

    it.each<[string, Partial<PlaceOrder>]>([
      ['one currency twice', { buyCurrency: 'EUR' }],
      ['a time gone by', { expiresAt: '2026-01-01T00:00:00.000Z' }],
      ['a time too far', { expiresAt: '2030-01-01T00:00:00.000Z' }],
    ])('is refused for %s', async (_, more) => {
      expect(await replica.orders.place(wanted(more))).toMatchObject({ code: 'validation_failed' });
    });
  });

  describe('an alert', () => {
    const place = (more: object) =>
      replica.alerts.place({
        alertId: randomUUID(),
        customerId,
        base: 'EUR',
        quote: 'RUB',
        kind: 'at_or_above',
        ...more,
      });

    it.each([
      [{ kind: 'at_or_above', rate: '97' }, '96.9999', '97'],
      [{ kind: 'at_or_below', rate: '95' }, '95.0001', '95'],
      [{ kind: 'moves_by', percent: '2.5' }, '98.3999', '98.4'],
      [{ kind: 'moves_by', percent: '2.5' }, '93.6001', '93.6'],
    ])('of %j is silent at %s and tells once at %s', async (what, short, reached) => {
      await place(what);
      await converter.say(replica, short);
      await replica.telling.tellAll();
      expect(notices()).toEqual([]);
      await converter.say(replica, reached);
      const other = converter.replica({ RATE_SOURCES: 'bank-of-russia' }, await converter.anotherDatabase());
      await Promise.all([replica.telling.tellAll(), other.telling.tellAll()]);
      await replica.telling.tellAll();
      expect(new Set(notices().map(({ notificationId }) => notificationId)).size).toBe(1);
      expect(notices()[0]).toMatchObject({
        type: 'rate_alert',
        customerId,
        data: { base: 'EUR', startRate: '96.0000000000' },
      });
    });

    it('is told when the broker is back, and not when it was taken back', async () => {
      const [one, other] = [await place({ rate: '97' }), await place({ rate: '97' })];
      if (isRefusal(one) || isRefusal(other)) throw new Error('refused');
      await replica.alerts.cancel({ alertId: other.alertId, customerId });
      converter.brokerIsAway = true;
      await converter.say(replica, '98');
      await replica.telling.tellAll();
      converter.brokerIsAway = false;
      await replica.telling.sendUnsent(0);
      await replica.telling.sendUnsent(0);
      expect(notices()).toMatchObject([{ data: { alertId: one.alertId, rate: '98.0000000000' } }]);
      expect(await replica.alerts.cancel({ alertId: one.alertId, customerId })).toMatchObject({
        code: 'state_conflict',
      });
    });

    it('of a pair that nobody has a rate of is refused', async () => {
      expect(await place({ base: 'KWD', rate: '1' })).toMatchObject({ code: 'rate_unknown' });
      expect(await place({ quote: 'EUR', rate: '1' })).toMatchObject({ code: 'validation_failed' });
    });
  });
});
