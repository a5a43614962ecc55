import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import {
  isRefusal,
  MAX_WEBHOOK_ENDPOINTS,
  TOPICS,
  unseal,
  type NotificationRequest,
  type WebhookEndpointView,
  type WebhookSecretView,
} from '@kopeck/contracts';
import { eventually } from '@kopeck/kafka';
import { HttpReceiver } from '../../../../test/support/receivers/http-receiver.js';
import { verify, verifiedOnce } from '../../../../test/support/receivers/webhook-receiver.js';
import {
  DeliveriesOnPostgresql,
  type AllSettings,
  type DeliveryReplica,
} from '../testing/deliveries-on-postgresql.js';

describe('webhooks on PostgreSQL', () => {
  let system: DeliveriesOnPostgresql;
  let target: HttpReceiver;
  let replica: DeliveryReplica;
  let customerId: string;

  beforeAll(async () => {
    system = await DeliveriesOnPostgresql.create();
    target = await HttpReceiver.start();
  });

  beforeEach(async () => {
    replica = started();
    customerId = await system.person();
  });

  afterEach(async () => {
    await system.calm();
    target.requests.length = 0;
    target.reply = () => ({ status: 200 });
  });

  afterAll(async () => {
    await system?.drop();
    await target?.stop();
  });

  function started(changed: Partial<AllSettings> = {}): DeliveryReplica {
    const starting = system.replica(changed);
    starting.delivering.onApplicationBootstrap();
    return starting;
  }

  const wanted = (more: object = {}) => ({
    endpointId: randomUUID(),
    customerId,
    url: `${target.url}/hook`,
    types: [],
    ...more,
  });

  /** What the question must not refuse. */
  function granted<T>(answer: T): Exclude<T, { refused: true }> {
    if (isRefusal(answer)) throw new Error(answer.detail);
    return answer as Exclude<T, { refused: true }>;
  }

  const created = async (more: object = {}): Promise<WebhookSecretView> =>
    granted(await replica.webhooks.create(wanted(more)));
  const secretOf = ({ endpoint, sealedSecret }: WebhookSecretView) =>
    unseal(sealedSecret, system.sealingKey, endpoint.endpointId);
  const read = async (endpointId: string): Promise<WebhookEndpointView> =>
    granted(await replica.webhooks.read({ endpointId, customerId }));
  const told = () =>
    system
      .valuesOf<NotificationRequest>(TOPICS.notificationRequests.name)
      .map(({ data, customerId: whom }) => (whom === customerId ? data.action : 'of somebody else'));

  async function statusOf(deliveryId: string): Promise<string> {
    return granted(await replica.log.read({ deliveryId })).status;
  }

  describe('an endpoint', () => {
    it('is created with a secret that only whoever has the key can read, and found again by a repeat', async () => {
      const request = wanted({ description: 'The shop', types: ['transfer_received'] });
      const first = granted(await replica.webhooks.create(request));
      expect(first.endpoint).toMatchObject({
        url: request.url,
        description: 'The shop',
        types: ['transfer_received'],
        status: 'active',
        revision: '1',
        previousSecretUntil: null,
      });
      expect(secretOf(first)).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
      const again = granted(await replica.webhooks.create(request));
      expect(secretOf(again)).toBe(secretOf(first));
      expect(await replica.webhooks.create({ ...request, url: `${target.url}/other` })).toMatchObject({
        code: 'idempotency_key_reused',
      });
      expect(await replica.webhooks.create({ ...request, customerId: await system.person() })).toMatchObject({
        code: 'idempotency_key_reused',
      });
      const rows = await system.temporary.query<{ dump: string }>(
        'SELECT to_jsonb(e)::text AS dump FROM notification.webhook_endpoint e',
      );
      expect(JSON.stringify(rows)).not.toContain('whsec_');
      expect(told()).toEqual(['created']);
    });

    it('is one of ten at most, however many ask at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: MAX_WEBHOOK_ENDPOINTS + 5 }, () => replica.webhooks.create(wanted())),
      );
      expect(answers.filter(isRefusal).map(({ code }) => code)).toEqual(Array(5).fill('state_conflict'));
      expect(await replica.webhooks.list(customerId)).toHaveLength(MAX_WEBHOOK_ENDPOINTS);
    });

    it('is changed by who read it last, switched off and on, deleted, and nobody else’s', async () => {
      const { endpoint } = await created();
      const change = { ...wanted({ endpointId: endpoint.endpointId }), isActive: false, revision: '1' };
      const off = granted(await replica.webhooks.change(change));
      expect(off).toMatchObject({ status: 'disabled', disabledReason: 'owner', revision: '2' });
      expect(await replica.webhooks.change(change)).toMatchObject({ code: 'stale_version' });
      expect(await replica.webhooks.test(change)).toMatchObject({ code: 'state_conflict' });
      const on = granted(await replica.webhooks.change({ ...change, isActive: true, revision: '2' }));
      expect(on).toMatchObject({ status: 'active', disabledReason: null, revision: '3' });
      const { endpointId } = endpoint;
      const stranger = { endpointId, customerId: randomUUID() };
      for (const answer of [
        await replica.webhooks.read(stranger),
        await replica.webhooks.rotateSecret(stranger),
        await replica.webhooks.delete(stranger),
        await replica.webhooks.test(stranger),
        await replica.webhooks.change({ ...change, ...stranger }),
      ]) {
        expect(answer).toMatchObject({ code: 'not_found' });
      }
      expect(await replica.webhooks.delete({ endpointId, customerId })).toEqual({ deleted: true });
      expect(await replica.webhooks.read({ endpointId, customerId })).toMatchObject({ code: 'not_found' });
      expect(await replica.webhooks.list(customerId)).toEqual([]);
      expect(told()).toEqual(['created', 'changed', 'changed', 'removed']);
    });

    it('is not changed while its owner can’t be told', async () => {
      system.brokerIsAway = true;
      await expect(replica.webhooks.create(wanted())).rejects.toThrow('broker');
      system.brokerIsAway = false;
      expect(await replica.webhooks.list(customerId)).toEqual([]);
    });

    it('is refused where only the internet is allowed and it names something else', async () => {
      const strict = system.replica({ WEBHOOK_ALLOW_PRIVATE: false });
      expect(await strict.webhooks.create(wanted())).toMatchObject({
        code: 'validation_failed',
        pointer: '/url',
      });
      granted(await strict.webhooks.create(wanted({ url: 'https://shop.example/hooks' })));
    });
  });

  describe('a message', () => {
    it('is signed as Standard Webhooks has it, and tells what happened', async () => {
      const webhook = await created();
      const deliveryId = await system.plan({
        customerId,
        channel: 'webhook',
        endpointId: webhook.endpoint.endpointId,
        type: 'transfer_received',
        data: { transferId: randomUUID(), amountMinor: '1230', currency: 'EUR' },
      });
      await eventually(() => target.requests.length === 1);
      const [request] = target.requests;
      expect(request!.headers).toMatchObject({
        'content-type': 'application/json',
        'user-agent': 'Kopeck-Webhooks/1',
        'webhook-id': deliveryId,
      });
      const message = verify(request!, secretOf(webhook));
      expect(message).toMatchObject({
        type: 'transfer_received',
        data: { amountMinor: '1230', currency: 'EUR', notificationId: expect.any(String) as string },
      });
      expect(new Date(message.timestamp).toISOString()).toBe(message.timestamp);
      expect(() => verify({ ...request!, body: `${request!.body} ` }, secretOf(webhook))).toThrow();
    });

    it('is signed by the old secret and the new one for a day after a rotation', async () => {
      const before = await created();
      const { endpointId } = before.endpoint;
      const after = granted(await replica.webhooks.rotateSecret({ endpointId, customerId }));
      expect(secretOf(after)).not.toBe(secretOf(before));
      const until = Date.parse(after.endpoint.previousSecretUntil!) - Date.now();
      expect(until).toBeGreaterThan(23.9 * 3_600_000);
      granted(await replica.webhooks.test({ endpointId, customerId }));
      await eventually(() => target.requests.length === 1);
      for (const webhook of [before, after]) {
        expect(verify(target.requests[0]!, secretOf(webhook)).type).toBe('test');
      }
      await system.temporary.query(
        `UPDATE notification.webhook_endpoint SET previous_secret_until = now() - interval '1 second' WHERE id = $1`,
        [endpointId],
      );
      granted(await replica.webhooks.test({ endpointId, customerId }));
      await eventually(() => target.requests.length === 2);
      expect(verify(target.requests[1]!, secretOf(after)).type).toBe('test');
      expect(() => verify(target.requests[1]!, secretOf(before))).toThrow();
      expect((await read(endpointId)).previousSecretUntil).toBeNull();
    });

    it('does not follow a redirect', async () => {
      const elsewhere = await HttpReceiver.start();
      try {
        target.reply = () => ({ status: 307, headers: { location: elsewhere.url } });
        const { endpoint } = await created();
        const { deliveryId } = granted(await replica.webhooks.test({ ...endpoint, customerId }));
        await eventually(async () => granted(await replica.log.read({ deliveryId })).attempts > 0);
        expect(granted(await replica.log.read({ deliveryId })).lastError).toContain(
          'redirects are not followed',
        );
        expect(elsewhere.connections).toBe(0);
      } finally {
        await elsewhere.stop();
      }
    });

    it('is taken for delivered whatever comes after the status, without end or without bounds', async () => {
      const { createServer } = await import('node:http');
      const endless = createServer((request, response) => {
        request.resume();
        response.writeHead(200);
        const timer = setInterval(() => response.write('x'.repeat(10_000)), 1);
        response.on('close', () => clearInterval(timer));
      });
      await new Promise<void>((resolve) => endless.listen(0, '127.0.0.1', resolve));
      try {
        const { port } = endless.address() as { port: number };
        const { endpoint } = await created({ url: `http://127.0.0.1:${port}/` });
        const { deliveryId } = granted(await replica.webhooks.test({ ...endpoint, customerId }));
        await eventually(async () => (await statusOf(deliveryId)) === 'delivered');
      } finally {
        endless.closeAllConnections();
        endless.close();
      }
    });

    it('that is larger than twenty kilobytes is not sent', async () => {
      const { endpoint } = await created();
      const { endpointId } = endpoint;
      const data = { filler: 'x'.repeat(30_000) };
      const id = await system.plan({
        customerId,
        channel: 'webhook',
        endpointId,
        data,
      });
      await eventually(async () => (await statusOf(id)) === 'failed');
      expect(target.requests).toEqual([]);
    });
  });

  describe('a target that is not there any more', () => {
    it('says 410, is switched off, and its owner is told once', async () => {
      target.reply = () => ({ status: 410 });
      const { endpoint } = await created();
      const { endpointId } = endpoint;
      const ids = await Promise.all(
        Array.from({ length: 5 }, () => system.plan({ customerId, channel: 'webhook', endpointId })),
      );
      await eventually(async () => {
        const statuses = await Promise.all(ids.map(statusOf));
        return statuses.every((status) => status === 'failed' || status === 'dropped');
      });
      expect(await read(endpointId)).toMatchObject({ status: 'disabled', disabledReason: 'gone' });
      expect(told()).toEqual(['created', 'disabled_gone']);
    });

    it('fails for days, is switched off, and begins anew when its owner switches it on', async () => {
      await system.calm();
      replica = started({ DELIVERY_RETRY_SCALE: 0.000001 });
      const { endpoint } = await created();
      const { endpointId } = endpoint;
      const failBy = async (count: number) => {
        for (let index = 0; index < count; index++) {
          await system.temporary.query(
            `INSERT INTO notification.delivery
               (id, notification_id, customer_id, channel, endpoint_id, type, data, occurred_at, due_at, status, ended_at)
             VALUES ($1, $1, $2, 'webhook', $3, 'rate_alert', '{}', now(), now(), 'failed', now())`,
            [randomUUID(), customerId, endpointId],
          );
        }
      };
      const giveUpOne = async () => {
        // Too large to be sent: given up at once, without tries that would open the breaker.
        const data = { filler: 'x'.repeat(30_000) };
        const id = await system.plan({ customerId, channel: 'webhook', endpointId, data });
        await eventually(async () => (await statusOf(id)) === 'failed');
      };
      await failBy(8);
      await giveUpOne();
      expect((await read(endpointId)).status).toBe('active');
      await giveUpOne();
      await eventually(async () => (await read(endpointId)).disabledReason === 'failing');
      expect(told()).toEqual(['created', 'disabled_failing']);
      const { revision } = await read(endpointId);
      const on = { ...wanted({ endpointId }), isActive: true, revision };
      expect(granted(await replica.webhooks.change(on)).status).toBe('active');
      await giveUpOne();
      expect((await read(endpointId)).status).toBe('active');
    });
  });

  describe('addresses inside a network', () => {
    it('get no connection: a resolver that changes its mind is asked once, and only what was checked is connected to', async () => {
      const [inside, outside] = [
        await HttpReceiver.start(),
        await HttpReceiver.start(undefined, '127.0.0.2'),
      ];
      const { createServer } = await import('node:net');
      const trap = createServer();
      let trapped = 0;
      trap.on('connection', () => trapped++);
      try {
        // The same port as the allowed address has, on the forbidden one.
        await new Promise<void>((resolve, reject) => {
          trap.once('error', reject);
          trap.listen(outside.port, '127.0.0.1', resolve);
        });
        let asked = 0;
        const rebinding = {
          isUrlAllowed: () => true,
          // As if 127.0.0.2 were on the internet.
          isAddressAllowed: (address: string) => address === '127.0.0.2',
          resolve: async () => [{ address: asked++ % 2 === 0 ? '127.0.0.2' : '127.0.0.1', family: 4 }],
        };
        await system.calm();
        const guarded = system.replica({}, system.database, rebinding);
        guarded.delivering.onApplicationBootstrap();
        const { endpoint } = granted(
          await guarded.webhooks.create(wanted({ url: `http://rebinding.example:${outside.port}/` })),
        );
        const { endpointId } = endpoint;
        const ids = await Promise.all(
          Array.from({ length: 20 }, () => system.plan({ customerId, channel: 'webhook', endpointId })),
        );
        await eventually(async () => {
          const statuses = await Promise.all(ids.map(statusOf));
          return statuses.every((status) => status !== 'waiting');
        });
        const statuses = await Promise.all(ids.map(statusOf));
        expect(asked).toBe(20);
        expect(statuses.filter((status) => status === 'delivered')).toHaveLength(10);
        expect(outside.connections).toBe(10);
        expect(trapped).toBe(0);
        expect(inside.connections).toBe(0);
      } finally {
        trap.close();
        await Promise.all([inside.stop(), outside.stop()]);
      }
    });

    it('are not connected to where only the internet is allowed, even if an old endpoint names them', async () => {
      const { endpoint } = await created();
      await system.calm();
      replica = started({ WEBHOOK_ALLOW_PRIVATE: false });
      const before = target.connections;
      const { endpointId } = endpoint;
      for (const url of [
        target.url,
        `https://127.0.0.1/`,
        'https://2130706433/',
        'https://[::ffff:127.0.0.1]/',
      ]) {
        await system.temporary.query('UPDATE notification.webhook_endpoint SET url = $2 WHERE id = $1', [
          endpointId,
          url,
        ]);
        const { deliveryId } = granted(await replica.webhooks.test({ endpointId, customerId }));
        await eventually(async () => (await statusOf(deliveryId)) === 'failed');
        expect(granted(await replica.log.read({ deliveryId })).lastError).toContain(
          'the bank does not send there',
        );
      }
      expect(target.connections).toBe(before);
    });
  });

  it('are tested no more than twenty times an hour', async () => {
    const webhook = await created();
    const { endpointId } = webhook.endpoint;
    for (let count = 0; count < 20; count++) granted(await replica.webhooks.test({ endpointId, customerId }));
    expect(await replica.webhooks.test({ endpointId, customerId })).toMatchObject({ code: 'rate_limited' });
    await eventually(() => verifiedOnce(target, secretOf(webhook)).length === 20);
  });
});
