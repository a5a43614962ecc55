import 'reflect-metadata';
import { randomBytes, randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import {
  CONTACT_QUESTIONS,
  DELIVERY_QUESTIONS,
  isRefusal,
  TOPICS,
  unseal,
  WEBHOOK_QUESTIONS,
} from '@kopeck/contracts';
import { createTemporaryDatabase, type TemporaryDatabase } from '@kopeck/database';
import { eventually, KafkaServer, Producer, QuestionClient, TopicAdmin } from '@kopeck/kafka';
import type { INestMicroservice } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { HttpReceiver } from '../../../../test/support/receivers/http-receiver.js';
import { SmtpReceiver } from '../../../../test/support/receivers/smtp-receiver.js';
import { verify } from '../../../../test/support/receivers/webhook-receiver.js';
import { DATABASE } from '../../migrations/index.js';

jest.setTimeout(60_000);

describe('the notification service on Kafka and PostgreSQL', () => {
  const id = randomBytes(4).toString('hex');
  const brokers = process.env.KAFKA_BROKERS!.split(',');
  const key = randomBytes(32);
  const asker = { brokers, service: 'gateway', instance: `gateway-${id}` } as const;
  const producer = new Producer(asker);
  const questions = new QuestionClient(asker, producer);
  const admin = new TopicAdmin(asker);
  let temporary: TemporaryDatabase;
  let smtp: SmtpReceiver;
  let target: HttpReceiver;
  let app: INestMicroservice;
  let server: KafkaServer;

  beforeAll(async () => {
    temporary = await createTemporaryDatabase(DATABASE);
    smtp = await SmtpReceiver.start();
    target = await HttpReceiver.start();
    const instance = `notification-${id}`;
    Object.assign(process.env, {
      SEALING_KEY: key.toString('base64'),
      SMTP_URL: smtp.url,
      INSTANCE: instance,
    });
    const { AppModule } = await import('../app.module.js');
    const testing = await Test.createTestingModule({ imports: [AppModule] }).compile();
    server = new KafkaServer({ brokers, service: 'notification', instance, mode: 'shared' });
    app = testing.createNestMicroservice({ strategy: server, logger: ['error', 'fatal'] });
    await app.listen();
    await producer.connect();
    await questions.onModuleInit();
  });

  afterAll(async () => {
    await app?.close();
    await questions.onApplicationShutdown();
    await producer.close();
    await admin.close();
    await temporary?.drop();
    await smtp?.stop();
    await target?.stop();
  });

  const customerId = randomUUID();

  it('has a consumer group for each channel, and one for results', () => {
    expect(server.consumerGroups.map(({ groupId }) => groupId)).toEqual([
      'notification',
      'notification-results',
      'notification-email',
      'notification-webhook',
      'notification-telegram',
      'notification-sms',
    ]);
  });

  it('sends what a hint says is due, and handles the hint', async () => {
    await temporary.query(
      `INSERT INTO notification.recipient (customer_id, email, name, role, language, revision)
       VALUES ($1, 'anna@example.com', 'Anna', 'customer', 'en', 1)`,
      [customerId],
    );
    const deliveryId = randomUUID();
    await temporary.query(
      `INSERT INTO notification.delivery
         (id, notification_id, customer_id, channel, type, data, occurred_at, due_at)
       VALUES ($1, $1, $2, 'email', 'sign_in', '{}', now(), now())`,
      [deliveryId, customerId],
    );
    const value = { deliveryId, channel: 'email' };
    const type = 'kopeck.notification.due.v1';
    await producer.send([{ topic: TOPICS.notificationEmails.name, key: customerId, value, type }]);
    await eventually(() => smtp.to('anna@example.com').length === 1);
    await eventually(async () => {
      const lags = await admin.lag({ groupId: 'notification-email' });
      return lags.some(({ topic }) => topic === 'notifications.email') && lags.every(({ lag }) => lag === 0n);
    });
    const read = await questions.ask(DELIVERY_QUESTIONS.read, { deliveryId }, { key: customerId });
    expect(read).toMatchObject({ status: 'delivered', target: 'a•••@example.com' });
  });

  it('answers questions about contacts, webhooks and channels', async () => {
    const options = { key: customerId };
    expect(await questions.ask(CONTACT_QUESTIONS.read, { customerId }, options)).toMatchObject({
      email: 'anna@example.com',
      telegram: { isOffered: false },
    });
    const endpointId = randomUUID();
    const request = { endpointId, customerId, url: `${target.url}/hook`, types: [] };
    const created = await questions.ask(WEBHOOK_QUESTIONS.create, request, options);
    if (isRefusal(created)) throw new Error(created.detail);
    await questions.ask(WEBHOOK_QUESTIONS.test, { endpointId, customerId }, options);
    await eventually(() => target.requests.length === 1);
    const secret = unseal(created.sealedSecret, key, endpointId);
    expect(verify(target.requests[0]!, secret).type).toBe('test');
    const health = await questions.ask(DELIVERY_QUESTIONS.health, {}, options);
    expect(health.map(({ channel, isConfigured }) => [channel, isConfigured])).toEqual([
      ['email', true],
      ['webhook', true],
      ['telegram', false],
      ['sms', false],
    ]);
  });
});
