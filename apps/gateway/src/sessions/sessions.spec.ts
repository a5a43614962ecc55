import { randomUUID } from 'node:crypto';
import { CUSTOMER_QUESTIONS, TOPICS, type CustomerView, type SecurityEvent } from '@kopeck/contracts';
import { BrokerUnavailable, eventually, OutcomeUnknown } from '@kopeck/kafka';
import { callGateway, expectProblem } from '../testing/gateway-caller.js';
import { startGateway, type GatewayUnderTest } from '../testing/gateway-under-test.js';

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';

describe('sessions over HTTP', () => {
  let gateway: GatewayUnderTest;
  let customer: CustomerView;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    customer = {
      customerId: randomUUID(),
      email: 'anna@example.com',
      name: 'Anna',
      role: 'customer',
      language: 'en',
      registeredAt: '2026-03-01T09:30:00.000Z',
    };
    gateway.services.sent.length = 0;
    gateway.services.onSend = () => undefined;
    gateway.services.answers = { [CUSTOMER_QUESTIONS.checkPassword.pattern]: () => customer };
  });

  async function signIn(userAgent = FIREFOX): Promise<string> {
    const body = { email: 'anna@example.com', password: 'x' };
    const headers = { 'user-agent': userAgent };
    const answer = await callGateway(gateway, '/sessions', { method: 'POST', body, headers });
    expect(answer.status).toBe(201);
    return `Bearer ${answer.body.token}`;
  }
  const listOf = async (as: string) => (await callGateway(gateway, '/sessions', { as })).body.data;
  const end = (path: string, as: string) => callGateway(gateway, path, { method: 'DELETE', as });
  const told = () => gateway.services.sent.map(({ value }) => value as SecurityEvent);

  describe('that are listed', () => {
    it('say what was used and since when, and which one asks', async () => {
      const [one, other] = [await signIn(), await signIn('unheard of')];
      gateway.signIn('customer');
      const list = await listOf(one);
      expect(list).toEqual([
        {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          device: 'Firefox on Windows',
          startedAt: expect.any(String),
          lastUsedAt: expect.any(String),
          isCurrent: true,
        },
        expect.objectContaining({ device: null, isCurrent: false }),
      ]);
      const ids = (await listOf(other)).map(({ id }: { id: string }) => id);
      expect(ids).toEqual(list.map(({ id }: { id: string }) => id));
    });

    it('name no token and no hash', async () => {
      const as = await signIn();
      const { text } = await callGateway(gateway, '/sessions', { as });
      expect(text).not.toContain(as.slice('Bearer '.length));
    });

    it('end one by one, and only by their owner', async () => {
      const [one, other] = [await signIn(), await signIn()];
      const { id } = (await listOf(one)).find(({ isCurrent }: { isCurrent: boolean }) => !isCurrent);
      expectProblem(await end(`/sessions/${id}`, gateway.signIn('customer')), 404, 'not_found');
      expect((await end(`/sessions/${id}`, one)).status).toBe(204);
      expectProblem(await callGateway(gateway, '/sessions', { as: other }), 401, 'unauthenticated');
      expectProblem(await end(`/sessions/${id}`, one), 404, 'not_found');
      expect(await listOf(one)).toHaveLength(1);
    });
  });

  describe('are told of', () => {
    it('when they begin, and when all are ended', async () => {
      const as = await signIn();
      await end('/sessions', as);
      expect(told()).toEqual([
        {
          eventId: expect.any(String),
          type: 'sign_in',
          customerId: customer.customerId,
          device: 'Firefox on Windows',
          occurredAt: expect.stringMatching(/Z$/),
        },
        expect.objectContaining({ type: 'sessions_ended', customerId: customer.customerId }),
      ]);
      for (const { topic, key } of gateway.services.sent)
        expect([topic, key]).toEqual([TOPICS.customerEvents.name, customer.customerId]);
    });

    it('not when one is ended, nor when the password was wrong', async () => {
      const as = await signIn();
      gateway.services.sent.length = 0;
      await end('/sessions/current', as);
      gateway.services.answers = {
        [CUSTOMER_QUESTIONS.checkPassword.pattern]: () => ({
          refused: true,
          code: 'invalid_credentials',
          detail: 'wrong',
        }),
      };
      const body = { email: 'anna@example.com', password: 'wrong' };
      expectProblem(
        await callGateway(gateway, '/sessions', { method: 'POST', body }),
        401,
        'invalid_credentials',
      );
      expect(told()).toEqual([]);
    });

    it('once more under the same id when the broker fails, without keeping anybody', async () => {
      let release = () => undefined as void;
      gateway.services.onSend = () =>
        new Promise((_resolve, reject) => (release = () => reject(new OutcomeUnknown('lost'))));
      await signIn();
      expect(told()).toHaveLength(1);
      gateway.services.onSend = () => undefined;
      release();
      await eventually(() => expect(told()).toHaveLength(2));
      expect(told()[1]).toEqual(told()[0]);
    });

    it('by nobody while the broker is away, and they begin all the same', async () => {
      gateway.services.onSend = () => Promise.reject(new BrokerUnavailable('away'));
      const as = await signIn();
      expect((await end('/sessions', as)).status).toBe(204);
      await eventually(() => expect(told()).toHaveLength(4));
    });
  });
});
