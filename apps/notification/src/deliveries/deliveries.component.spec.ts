import 'reflect-metadata';
import { jest } from '@jest/globals';
import { deadLetterTopicOf, isRefusal, type DeliveryDetails, type DeliveryView } from '@kopeck/contracts';
import { eventually } from '@kopeck/kafka';
import { Logger } from '@nestjs/common';
import { BREAKS, HANGS, HttpReceiver } from '../../../../test/support/receivers/http-receiver.js';
import { SmtpReceiver } from '../../../../test/support/receivers/smtp-receiver.js';
import {
  DeliveriesOnPostgresql,
  type AllSettings,
  type DeliveryReplica,
} from '../testing/deliveries-on-postgresql.js';

describe('deliveries on PostgreSQL', () => {
  let system: DeliveriesOnPostgresql;
  let smtp: SmtpReceiver;
  let target: HttpReceiver;
  const quiet = [
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined),
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined),
  ];

  beforeAll(async () => {
    system = await DeliveriesOnPostgresql.create();
    smtp = await SmtpReceiver.start();
    target = await HttpReceiver.start();
  });

  afterEach(async () => {
    await system.calm();
    smtp.mails.length = 0;
    smtp.hangs = false;
    smtp.refuse = () => undefined;
    target.requests.length = 0;
    target.reply = () => ({ status: 200 });
  });

  afterAll(async () => {
    await system?.drop();
    await smtp?.stop();
    await target?.stop();
    for (const spy of quiet) spy.mockRestore();
  });

  function started(changed: Partial<AllSettings> = {}): DeliveryReplica {
    const replica = system.replica({ SMTP_URL: smtp.url, DELIVERY_ATTEMPT_TIMEOUT_MS: 5_000, ...changed });
    replica.delivering.onApplicationBootstrap();
    return replica;
  }

  async function webhookOf(
    replica: DeliveryReplica,
    customerId: string,
    url = `${target.url}/hook`,
  ): Promise<string> {
    const endpointId = crypto.randomUUID();
    const created = await replica.webhooks.create({ endpointId, customerId, url, types: [] });
    if (isRefusal(created)) throw new Error(created.detail);
    return endpointId;
  }

  async function read(replica: DeliveryReplica, deliveryId: string): Promise<DeliveryDetails> {
    const found = await replica.log.read({ deliveryId });
    if (isRefusal(found)) throw new Error(found.detail);
    return found;
  }

  const ended = (replica: DeliveryReplica, id: string, status: DeliveryView['status']) =>
    eventually(async () => (await read(replica, id)).status === status);

  it('sends what is due, once, and tells what became of it', async () => {
    const replica = started();
    const customerId = await system.person();
    const id = await system.plan({ customerId, channel: 'email' });
    replica.delivering.wake('email');
    await ended(replica, id, 'delivered');
    expect(smtp.to(`${customerId}@example.com`)).toHaveLength(1);
    expect(await read(replica, id)).toMatchObject({
      channel: 'email',
      attempts: 1,
      dueAt: null,
      lastError: null,
      target: `${customerId[0]}•••@example.com`,
      history: [{ attempt: 1, outcome: 'delivered', responseCode: 250, error: null }],
    });
  });

  it('lets two replicas share the work: nothing twice', async () => {
    const customerId = await system.person();
    const first = system.replica();
    const endpointId = await webhookOf(first, customerId);
    const ids = await Promise.all(
      Array.from({ length: 60 }, () => system.plan({ customerId, channel: 'webhook', endpointId })),
    );
    const second = system.replica({}, await system.anotherDatabase());
    for (const { delivering } of [first, second]) delivering.onApplicationBootstrap();
    await eventually(async () => (await first.log.health())[1]!.delivered === 60);
    expect(target.requests.map(({ headers }) => headers['webhook-id']).sort()).toEqual(ids.sort());
  });

  it('tries again, later and later, and under the same id, until the target is well', async () => {
    const replica = started();
    const customerId = await system.person();
    const endpointId = await webhookOf(replica, customerId);
    let failures = 3;
    target.reply = () => (failures-- > 0 ? { status: 503 } : { status: 200 });
    const id = await system.plan({ customerId, channel: 'webhook', endpointId });
    await ended(replica, id, 'delivered');
    const { attempts, history } = await read(replica, id);
    expect(attempts).toBe(4);
    expect(history.map(({ outcome, responseCode }) => [outcome, responseCode])).toEqual([
      ['failed', 503],
      ['failed', 503],
      ['failed', 503],
      ['delivered', 200],
    ]);
    expect(new Set(target.requests.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([id]));
  });

  it('waits as long as the target asks for', async () => {
    const replica = started();
    const customerId = await system.person();
    const endpointId = await webhookOf(replica, customerId);
    target.reply = () => ({ status: 429, headers: { 'retry-after': '3600' } });
    const id = await system.plan({ customerId, channel: 'webhook', endpointId });
    await eventually(async () => (await read(replica, id)).attempts === 1);
    const { dueAt, lastError } = await read(replica, id);
    expect(Date.parse(dueAt!) - Date.now()).toBeGreaterThan(3_590_000);
    expect(lastError).toBe('it answered 429');
  });

  it('gives up after the last try, with a dead letter; by hand it goes out again under the same id', async () => {
    const replica = started({ DELIVERY_RETRY_SCALE: 0.000001 });
    const customerId = await system.person();
    smtp.refuse = () => 451;
    const id = await system.plan({ customerId, channel: 'email' });
    await ended(replica, id, 'failed');
    expect(await read(replica, id)).toMatchObject({
      attempts: 12,
      lastError: 'the mail server refused the address (451)',
    });
    const topic = deadLetterTopicOf('notifications.email');
    expect(system.sent.filter((message) => message.topic === topic)).toMatchObject([
      {
        key: customerId,
        value: { deliveryId: id, channel: 'email' },
        headers: {
          kopeck_original_topic: 'notifications.email',
          kopeck_error: 'the mail server refused the address (451)',
          kopeck_attempts: '12',
        },
      },
    ]);
    smtp.refuse = () => undefined;
    expect(await replica.log.retry({ deliveryId: id, customerId: crypto.randomUUID() })).toMatchObject({
      code: 'not_found',
    });
    await replica.log.retry({ deliveryId: id, customerId });
    await ended(replica, id, 'delivered');
    const { attempts, history } = await read(replica, id);
    expect(attempts).toBe(1);
    expect(history).toHaveLength(13);
    expect(smtp.mails.map(({ headers }) => headers['message-id'])).toEqual([`<${id}@kopeck.example>`]);
  }, 60_000);

  it('ends at once where trying again would end the same way', async () => {
    const replica = started();
    const customerId = await system.person();
    smtp.refuse = () => 550;
    const id = await system.plan({ customerId, channel: 'email' });
    await ended(replica, id, 'failed');
    expect(await read(replica, id)).toMatchObject({ attempts: 1 });
  });

  it('keeps a delivery that can’t be buried: without a broker nothing is given up', async () => {
    const replica = started({ DELIVERY_ATTEMPT_TIMEOUT_MS: 1_000 });
    const customerId = await system.person();
    smtp.refuse = () => 550;
    system.brokerIsAway = true;
    const id = await system.plan({ customerId, channel: 'email' });
    await eventually(() => quiet[0]!.mock.calls.some(([line]) => String(line).includes('stays unwritten')));
    expect((await read(replica, id)).status).toBe('waiting');
    system.brokerIsAway = false;
    await ended(replica, id, 'failed');
  });

  it('is tried by somebody else when its process was killed, and a claim that ended writes nothing', async () => {
    const customerId = await system.person();
    const killed = system.replica();
    const id = await system.plan({ customerId, channel: 'email' });
    const claim = { channel: 'email', limit: 10, claimMs: 3_000, perEndpoint: 8, busyEndpoints: [] } as const;
    const [mine] = await killed.deliveries.claim(claim);
    expect(mine?.deliveryId).toBe(id);
    expect(await killed.deliveries.claim(claim)).toEqual([]);
    const other = started();
    await ended(other, id, 'delivered');
    expect(smtp.to(`${customerId}@example.com`)).toHaveLength(1);
    const late = await killed.deliveries.finish(mine!, {
      startedAt: new Date(),
      durationMs: 1,
      outcome: 'failed',
      responseCode: null,
      error: 'from the grave',
      status: 'failed',
      pauseMs: 0,
    });
    expect(late).toBe(false);
    expect((await read(other, id)).history).toHaveLength(1);
  });

  it('does not let targets that hang, break or refuse delay one that is well', async () => {
    const replica = started({ DELIVERY_ATTEMPT_TIMEOUT_MS: 5_000 });
    const bad = await HttpReceiver.start(({ path }) =>
      path === '/hangs' ? HANGS : path === '/breaks' ? BREAKS : { status: 500 },
    );
    try {
      for (const path of ['/hangs', '/breaks', '/500']) {
        const customerId = await system.person();
        const endpointId = await webhookOf(replica, customerId, bad.url + path);
        await Promise.all(
          Array.from({ length: 100 }, () => system.plan({ customerId, channel: 'webhook', endpointId })),
        );
      }
      const hanging = () => bad.requests.some(({ path }) => path === '/hangs');
      await eventually(hanging);
      const customerId = await system.person();
      const endpointId = await webhookOf(replica, customerId);
      const startedAt = performance.now();
      for (let count = 0; count < 20; count++)
        await system.plan({ customerId, channel: 'webhook', endpointId });
      await eventually(() => target.requests.length === 20);
      expect(performance.now() - startedAt).toBeLessThan(3_000);
    } finally {
      await bad.stop();
    }
  });

  it('has no more at one host at once than it may, and gets all of it there', async () => {
    const replica = started({ WEBHOOKS_AT_ONCE_PER_HOST: 3 });
    let underWay = 0;
    let most = 0;
    target.reply = async () => {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 20));
      underWay--;
      return { status: 204 };
    };
    const people = await Promise.all(Array.from({ length: 4 }, () => system.person()));
    for (const customerId of people) {
      const endpointId = await webhookOf(replica, customerId);
      await Promise.all(
        Array.from({ length: 25 }, () => system.plan({ customerId, channel: 'webhook', endpointId })),
      );
    }
    await eventually(async () => (await replica.log.health())[1]!.delivered === 100, 20_000);
    expect(most).toBe(3);
  });

  it('leaves a target that fails again and again alone, without using up tries', async () => {
    const replica = started({ DELIVERY_RETRY_SCALE: 1 });
    const customerId = await system.person();
    const endpointId = await webhookOf(replica, customerId);
    target.reply = () => ({ status: 500 });
    const ids: string[] = [];
    for (let count = 0; count < 30; count++) {
      ids.push(await system.plan({ customerId, channel: 'webhook', endpointId }));
    }
    await eventually(() => target.requests.length >= 5);
    await eventually(async () => {
      const all = await Promise.all(ids.map((id) => read(replica, id)));
      const untried = all.filter(({ attempts, dueAt }) => attempts === 0 && Date.parse(dueAt!) > Date.now());
      return untried.length > 15;
    });
    // Four at once, so a few more than the five that open the breaker.
    expect(target.requests.length).toBeLessThan(12);
  });

  it('drops what has no target any more, and says why', async () => {
    const replica = started({ SMTP_URL: undefined });
    const customerId = await system.person();
    const endpointId = await webhookOf(replica, customerId);
    await replica.webhooks.delete({ endpointId, customerId });
    const reasons = {
      email: 'e-mail is not offered: SMTP_URL is not set',
      telegram: 'Telegram is not offered: TELEGRAM_BOT_TOKEN is not set',
      sms: 'SMS is not offered: SMS_GATEWAY_URL is not set',
      webhook: 'the webhook was deleted',
    };
    for (const [channel, reason] of Object.entries(reasons)) {
      const more = channel === 'webhook' ? { endpointId } : {};
      const id = await system.plan({ customerId, channel: channel as 'email', ...more });
      await ended(replica, id, 'dropped');
      expect(await read(replica, id)).toMatchObject({ attempts: 0, lastError: reason, history: [] });
    }
    expect((await replica.log.health()).map(({ channel, isConfigured }) => [channel, isConfigured])).toEqual([
      ['email', false],
      ['webhook', true],
      ['telegram', false],
      ['sms', false],
    ]);
  });

  it('waits for an address that the customer service has not told yet', async () => {
    const replica = started();
    const customerId = await system.person({ email: null });
    const id = await system.plan({ customerId, channel: 'email' });
    await eventually(async () => Date.parse((await read(replica, id)).dueAt!) > Date.now() + 5_000);
    expect(await read(replica, id)).toMatchObject({ status: 'waiting', attempts: 0, target: null });
  });

  it('stops within seconds although a target hangs, and gives back what it was sending', async () => {
    const replica = started({ DELIVERY_ATTEMPT_TIMEOUT_MS: 30_000 });
    const customerId = await system.person();
    smtp.hangs = true;
    const id = await system.plan({ customerId, channel: 'email' });
    replica.delivering.wake('email');
    await eventually(async () => {
      const [row] = await system.temporary.query<{ claimed_until: Date | null }>(
        'SELECT claimed_until FROM notification.delivery WHERE id = $1',
        [id],
      );
      return row!.claimed_until !== null;
    });
    const startedAt = performance.now();
    await replica.delivering.beforeApplicationShutdown();
    expect(performance.now() - startedAt).toBeLessThan(6_000);
    smtp.hangs = false;
    const next = started();
    await ended(next, id, 'delivered');
  });

  it('is listed newest first, by owner, channel, status and webhook, page by page', async () => {
    const replica = system.replica();
    const [anna, boris] = [await system.person(), await system.person()];
    const endpointId = await webhookOf(replica, anna);
    const ids: string[] = [];
    for (let count = 0; count < 5; count++)
      ids.unshift(await system.plan({ customerId: anna, channel: 'email' }));
    const hook = await system.plan({ customerId: anna, channel: 'webhook', endpointId });
    await system.plan({ customerId: boris, channel: 'email' });
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await replica.log.list({ customerId: anna, channel: 'email', limit: 2, cursor });
      if (isRefusal(page)) throw new Error(page.detail);
      seen.push(...page.data.map(({ deliveryId }) => deliveryId));
      if (page.nextCursor === null) break;
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(ids);
    const found = async (filter: object) => {
      const page = await replica.log.list({ limit: 200, ...filter });
      return isRefusal(page) ? page.code : page.data.map(({ deliveryId }) => deliveryId);
    };
    expect(await found({ endpointId, status: 'waiting' })).toEqual([hook]);
    expect(await found({ status: 'failed' })).toEqual([]);
    expect(await found({})).toHaveLength(7);
    expect(await found({ cursor: 'nonsense' })).toBe('invalid_cursor');
    expect(await replica.log.read({ deliveryId: hook, customerId: boris })).toMatchObject({
      code: 'not_found',
    });
  });

  it('is forgotten some weeks after it ended, with its tries', async () => {
    const replica = started();
    const customerId = await system.person();
    const [old, waiting] = [
      await system.plan({ customerId, channel: 'email' }),
      await system.plan({ customerId: await system.person({ email: null }), channel: 'email' }),
    ];
    await ended(replica, old, 'delivered');
    await replica.forgetting.forget();
    expect((await read(replica, old)).status).toBe('delivered');
    await system.temporary.query(
      `UPDATE notification.delivery SET ended_at = ended_at - interval '31 days' WHERE ended_at IS NOT NULL`,
    );
    await replica.forgetting.forget();
    expect(await replica.log.read({ deliveryId: old })).toMatchObject({ code: 'not_found' });
    expect((await read(replica, waiting)).status).toBe('waiting');
    expect(await system.temporary.query('SELECT 1 FROM notification.delivery_attempt')).toEqual([]);
  });
});
