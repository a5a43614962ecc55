import 'reflect-metadata';
import { jest } from '@jest/globals';
import { isRefusal, TOPICS, type ContactsView, type NotificationRequest } from '@kopeck/contracts';
import { eventually } from '@kopeck/kafka';
import { Logger } from '@nestjs/common';
import { SmsGatewayReceiver } from '../../../../test/support/receivers/sms-gateway.js';
import { TelegramApi } from '../../../../test/support/receivers/telegram-api.js';
import { DeliveriesOnPostgresql, type DeliveryReplica } from '../testing/deliveries-on-postgresql.js';
import type { ReadTelegramService } from './read-telegram.service.js';

const PHONE = '+79261234567';

describe('contacts on PostgreSQL', () => {
  let system: DeliveriesOnPostgresql;
  let sms: SmsGatewayReceiver;
  let api: TelegramApi;
  let replica: DeliveryReplica;
  let customerId: string;
  const reading: ReadTelegramService[] = [];
  const warned = jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);

  beforeAll(async () => {
    system = await DeliveriesOnPostgresql.create();
    sms = await SmsGatewayReceiver.start();
    api = await TelegramApi.start();
  });

  beforeEach(async () => {
    replica = started();
    customerId = await system.person({ language: 'ru' });
  });

  afterEach(async () => {
    await Promise.all(reading.splice(0).map((service) => service.beforeApplicationShutdown()));
    await system.calm();
    await system.temporary.query(
      'TRUNCATE notification.phone, notification.telegram_chat, notification.telegram_bot',
    );
    sms.receiver.requests.length = 0;
    sms.receiver.reply = () => ({ status: 200 });
    api.sent.length = 0;
    api.refuse = () => undefined;
  });

  afterAll(async () => {
    await system?.drop();
    await sms?.stop();
    await api?.stop();
    warned.mockRestore();
  });

  function started(): DeliveryReplica {
    const starting = system.replica({
      SMS_GATEWAY_URL: sms.url,
      TELEGRAM_API_URL: api.url,
      TELEGRAM_BOT_TOKEN: api.token,
      TELEGRAM_BOT_NAME: 'kopeck_bot',
    });
    starting.delivering.onApplicationBootstrap();
    return starting;
  }

  function listen(by: DeliveryReplica = replica): void {
    const service = by.telegram();
    service.onApplicationBootstrap();
    reading.push(service);
  }

  const told = () =>
    system
      .valuesOf<NotificationRequest>(TOPICS.notificationRequests.name)
      .map(({ data: { channel, action } }) => `${channel} ${action}`);

  async function link(by: string = customerId) {
    const answer = await replica.links.createCode({ customerId: by });
    if (isRefusal(answer)) throw new Error(answer.detail);
    return answer;
  }

  const viewOf = async (whom = customerId): Promise<ContactsView> => replica.contacts.read(whom);

  it('are read: what is known, what is offered', async () => {
    expect(await viewOf()).toEqual({
      email: `${customerId}@example.com`,
      telegram: { isOffered: true, linkedAt: null, chatName: null },
      sms: { isOffered: true, phone: null, confirmedAt: null },
      webhookCount: 0,
    });
    expect((await viewOf(crypto.randomUUID())).email).toBeNull();
    const bare = system.replica();
    expect(await bare.contacts.read(customerId)).toMatchObject({
      telegram: { isOffered: false },
      sms: { isOffered: false },
    });
    expect(await bare.contacts.setPhone({ customerId, phone: PHONE })).toMatchObject({
      code: 'state_conflict',
    });
    expect(await bare.links.createCode({ customerId })).toMatchObject({ code: 'state_conflict' });
  });

  describe('a telephone number', () => {
    const set = (phone = PHONE, whom = customerId) => replica.contacts.setPhone({ customerId: whom, phone });
    const confirm = (code: string) => replica.contacts.confirmPhone({ customerId, code });
    const wrongOf = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');

    it('is confirmed by the code that was sent there, in the person’s language, and told of', async () => {
      expect(await set()).toMatchObject({ sms: { phone: '+7•••67', confirmedAt: null } });
      expect(sms.to(PHONE)[0]!.text).toMatch(/^\d{6} – ваш код для банка/);
      const code = sms.codeFor(PHONE)!;
      expect(await confirm(wrongOf(code))).toMatchObject({ code: 'validation_failed', pointer: '/code' });
      expect(await confirm(code)).toMatchObject({ sms: { confirmedAt: expect.any(String) as string } });
      expect(await confirm(code)).toMatchObject({ code: 'state_conflict' });
      // Set again, it stays confirmed, and no message goes out.
      expect(await set()).toMatchObject({ sms: { confirmedAt: expect.any(String) as string } });
      expect(sms.to(PHONE)).toHaveLength(1);
      expect(told()).toEqual(['sms confirmed']);
      const rows = await system.temporary.query('SELECT to_jsonb(p)::text AS dump FROM notification.phone p');
      expect(JSON.stringify(rows)).not.toContain(code);
    });

    it('is not confirmed after five wrong codes, however many come at once', async () => {
      await set();
      const code = sms.codeFor(PHONE)!;
      const answers = await Promise.all(Array.from({ length: 20 }, () => confirm(wrongOf(code))));
      expect(answers.map((answer) => (isRefusal(answer) ? answer.code : 'confirmed')).sort()).toEqual([
        ...Array<string>(15).fill('state_conflict'),
        ...Array<string>(5).fill('validation_failed'),
      ]);
      expect(await confirm(code)).toMatchObject({ code: 'state_conflict' });
      await set();
      expect(await confirm(sms.codeFor(PHONE)!)).toMatchObject({ sms: { phone: '+7•••67' } });
    });

    it('is not confirmed ten minutes later', async () => {
      await set();
      await system.temporary.query(
        `UPDATE notification.phone SET code_expires_at = code_expires_at - interval '10 minutes'`,
      );
      expect(await confirm(sms.codeFor(PHONE)!)).toMatchObject({ code: 'state_conflict' });
    });

    it('gets five codes a day, and forgetting it is no way round that', async () => {
      for (let count = 0; count < 5; count++) {
        expect(isRefusal(await set(`+7926000000${count}`))).toBe(false);
        await replica.contacts.forget({ customerId, channel: 'sms' });
      }
      expect(await set()).toMatchObject({
        code: 'rate_limited',
        retryAfterSeconds: expect.any(Number) as number,
      });
      expect(sms.to(PHONE)).toEqual([]);
      // Nor is being somebody else, for one number.
      const people = await Promise.all(Array.from({ length: 6 }, () => system.person()));
      const answers = [];
      for (const whom of people) answers.push(await set(PHONE, whom));
      expect(answers.filter(isRefusal)).toHaveLength(1);
      expect(sms.to(PHONE)).toHaveLength(5);
    });

    it('is forgotten: what was on its way is dropped, and it’s told of', async () => {
      await set();
      await confirm(sms.codeFor(PHONE)!);
      const { deliveryId } = (await replica.contacts.sendTest({ customerId, channel: 'sms' })) as {
        deliveryId: string;
      };
      await eventually(() => sms.to(PHONE).length === 2);
      expect(sms.to(PHONE)[1]!.id).toBe(deliveryId);
      expect(await replica.contacts.forget({ customerId, channel: 'sms' })).toMatchObject({
        sms: { phone: null },
      });
      const late = await system.plan({ customerId, channel: 'sms' });
      await eventually(async () => {
        const found = await replica.log.read({ deliveryId: late });
        return !isRefusal(found) && found.status === 'dropped';
      });
      expect(told()).toEqual(['sms confirmed', 'sms removed']);
      expect(await replica.contacts.sendTest({ customerId, channel: 'sms' })).toMatchObject({
        code: 'state_conflict',
      });
    });

    it('says so when the gateway takes nothing', async () => {
      sms.receiver.reply = () => ({ status: 503 });
      expect(await set()).toMatchObject({ code: 'unavailable' });
    });

    it('ends at once at 4xx, is tried again at 5xx', async () => {
      await set();
      await confirm(sms.codeFor(PHONE)!);
      sms.receiver.reply = () => ({ status: 422 });
      const refused = await system.plan({ customerId, channel: 'sms' });
      await eventually(async () => {
        const found = await replica.log.read({ deliveryId: refused });
        return !isRefusal(found) && found.status === 'failed' && found.attempts === 1;
      });
      let failures = 2;
      sms.receiver.reply = () => (failures-- > 0 ? { status: 502 } : { status: 200 });
      const tried = await system.plan({ customerId, channel: 'sms' });
      await eventually(async () => {
        const found = await replica.log.read({ deliveryId: tried });
        return !isRefusal(found) && found.status === 'delivered' && found.attempts === 3;
      });
    });
  });

  describe('a Telegram chat', () => {
    it('is linked by a code, once, and gets what is sent, escaped', async () => {
      listen();
      const { code, url, expiresAt } = await link();
      expect(code).toMatch(/^[2-9A-HJ-NP-Z]{10}$/);
      expect(url).toBe(`https://t.me/kopeck_bot?start=${code}`);
      expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(14 * 60_000);
      api.write(7, `/start ${code}`, 'Anna <3');
      await eventually(async () => (await viewOf()).telegram.linkedAt !== null);
      expect((await viewOf()).telegram.chatName).toBe('Anna <3');
      await eventually(() => api.to(7).length === 1);
      expect(api.to(7)[0]).toContain('Чат привязан');
      expect(told()).toEqual(['telegram linked']);
      // Somebody who saw the code comes too late.
      api.write(8, `/start ${code}`, 'Eve');
      await eventually(() => api.to(8).length === 1);
      expect(api.to(8)[0]).toContain('does not know this code');
      const { deliveryId } = (await replica.contacts.sendTest({ customerId, channel: 'telegram' })) as {
        deliveryId: string;
      };
      await eventually(() => api.to(7).length === 2);
      expect(api.to(7)[1]).toMatch(/^<b>.+<\/b>\n/);
      await eventually(async () => {
        const found = await replica.log.read({ deliveryId });
        return !isRefusal(found) && found.status === 'delivered' && found.target === 'Anna <3';
      });
    });

    it('is not linked by an old code, a wrong one, or one sent into a group', async () => {
      listen();
      const { code: first } = await link();
      const { code: second } = await link();
      api.write(10, `/start ${first}`);
      api.write(11, '/start ABCDEFGHJK');
      api.write(12, `/start ${second}`, 'A group', 'group');
      api.write(13, 'hello');
      await eventually(() => api.to(10).length === 1 && api.to(11).length === 1);
      await system.temporary.query(
        `UPDATE notification.telegram_code SET expires_at = expires_at - interval '15 minutes'`,
      );
      api.write(14, `/start ${second}`);
      await eventually(() => api.to(14).length === 1);
      expect((await viewOf()).telegram.linkedAt).toBeNull();
      expect([...api.to(12), ...api.to(13)]).toEqual([]);
    });

    it('is linked once although two replicas read, and what was handled is not handled again', async () => {
      const other = started();
      listen();
      listen(other);
      const people = await Promise.all(Array.from({ length: 10 }, () => system.person()));
      for (const [index, whom] of people.entries())
        api.write(100 + index, `/start ${(await link(whom)).code}`);
      await eventually(() => people.every((_, index) => api.to(100 + index).length === 1));
      for (const whom of people) expect((await viewOf(whom)).telegram.linkedAt).not.toBeNull();
      // Whoever starts next goes on behind what was read.
      await Promise.all(reading.splice(0).map((service) => service.beforeApplicationShutdown()));
      const asked = api.questions;
      listen(started());
      await eventually(() => api.questions > asked);
      const { code } = await link();
      api.write(200, `/start ${code}`);
      await eventually(() => api.to(200).length === 1);
      expect(people.map((_, index) => api.to(100 + index).length)).toEqual(Array(10).fill(1));
    });

    it('that blocked the bot ends a delivery at once; one that is to wait waits', async () => {
      listen();
      api.write(20, `/start ${(await link()).code}`);
      await eventually(() => api.to(20).length === 1);
      api.refuse = () => ({ status: 429, retryAfter: 1 });
      const id = await system.plan({ customerId, channel: 'telegram' });
      const read = async () => {
        const found = await replica.log.read({ deliveryId: id });
        if (isRefusal(found)) throw new Error(found.detail);
        return found;
      };
      await eventually(async () => (await read()).attempts === 1);
      const { dueAt, history } = await read();
      expect(Date.parse(dueAt!) - Date.parse(history[0]!.at)).toBeGreaterThanOrEqual(1_000);
      api.refuse = () => ({ status: 403 });
      await eventually(async () => (await read()).status === 'failed');
      expect((await read()).lastError).toBe('the person has blocked the bot');
    });

    it('is forgotten, and told of', async () => {
      listen();
      api.write(30, `/start ${(await link()).code}`);
      await eventually(async () => (await viewOf()).telegram.linkedAt !== null);
      expect(await replica.contacts.forget({ customerId, channel: 'telegram' })).toMatchObject({
        telegram: { linkedAt: null },
      });
      await replica.contacts.forget({ customerId, channel: 'telegram' });
      expect(told()).toEqual(['telegram linked', 'telegram removed']);
    });

    it('never shows the bot’s token where something goes wrong', async () => {
      const wrong = system.replica({
        TELEGRAM_API_URL: api.url,
        TELEGRAM_BOT_TOKEN: '99:not-the-right-token',
      });
      listen(wrong);
      await eventually(() => warned.mock.calls.some(([line]) => String(line).includes('it answered 401')));
      expect(JSON.stringify(warned.mock.calls)).not.toContain('not-the-right-token');
    });
  });
});
