import { DELIVERY_QUESTIONS, type ChannelHealth, type DeliveryDetails } from '@kopeck/contracts';
import { DeadlineExceeded } from '@kopeck/kafka';
import { startGateway, type GatewayUnderTest } from '../../../testing/gateway-under-test.js';
import { BrowserUnderTest, textOf } from '../../testing/browser-under-test.js';
import { OPERATOR_ID } from '../testing/operator.samples.js';

const DELIVERY_ID = '66666666-6666-4666-8666-666666666666';
const PAGE = `/operator/deliveries/${DELIVERY_ID}`;
const channels: ChannelHealth[] = [
  { channel: 'email', isConfigured: true, waiting: 0, oldestDueAt: null, delivered: 1_200, failed: 0 },
  {
    channel: 'webhook',
    isConfigured: true,
    waiting: 7,
    oldestDueAt: new Date(Date.now() - 125_000).toISOString(),
    delivered: 3,
    failed: 4,
  },
  { channel: 'sms', isConfigured: false, waiting: 0, oldestDueAt: null, delivered: 0, failed: 0 },
];
const delivery: DeliveryDetails = {
  deliveryId: DELIVERY_ID,
  notificationId: '77777777-7777-4777-8777-777777777777',
  type: 'transfer_received',
  channel: 'webhook',
  endpointId: '88888888-8888-4888-8888-888888888888',
  target: 'https://shop.example/hooks',
  status: 'failed',
  attempts: 2,
  lastError: 'answered <502>',
  createdAt: '2026-03-01T09:30:00.000Z',
  dueAt: null,
  endedAt: '2026-03-01T10:30:00.000Z',
  history: [
    {
      attempt: 1,
      at: '2026-03-01T09:30:00.000Z',
      durationMs: 10_000,
      outcome: 'failed',
      responseCode: null,
      error: 'no answer in time',
    },
    {
      attempt: 2,
      at: '2026-03-01T10:30:00.000Z',
      durationMs: 120,
      outcome: 'failed',
      responseCode: 502,
      error: 'answered <502>',
    },
  ],
};

describe('the operators’ pages of deliveries', () => {
  let gateway: GatewayUnderTest;
  let operator: BrowserUnderTest;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.asked.length = 0;
    gateway.services.answers = {
      [DELIVERY_QUESTIONS.health.pattern]: () => channels,
      [DELIVERY_QUESTIONS.list.pattern]: () => ({ data: [delivery], nextCursor: 'more' }),
      [DELIVERY_QUESTIONS.read.pattern]: () => delivery,
      [DELIVERY_QUESTIONS.retry.pattern]: () => ({ ...delivery, status: 'waiting' }),
    };
    operator = new BrowserUnderTest(gateway).signIn('operator', OPERATOR_ID);
  });

  it('say how each channel fares and what became of each message', async () => {
    const { text } = await operator.get('/operator/deliveries');
    const read = textOf(text);
    expect(read).toContain('E-mail Works 0 1,200 0');
    expect(read).toContain('Webhook Has failures the oldest was due 2 minutes ago 7 3 4');
    expect(read).toContain('SMS Not set up');
    expect(read).toMatch(/Money received Webhook https:\/\/shop\.example\/hooks Failed answered <502> 2/);
    expect(text).toContain('href="/operator/deliveries?cursor=more"');
  });

  it('are filtered by the address', async () => {
    const { text } = await operator.get('/operator/deliveries?channel=webhook&status=failed&cursor=c');
    expect(gateway.services.asked.at(-1)!.request).toEqual({
      channel: 'webhook',
      status: 'failed',
      cursor: 'c',
      limit: 50,
    });
    expect(text).toContain('href="/operator/deliveries?channel=webhook&amp;status=failed"');
    expect((await operator.get('/operator/deliveries?channel=pigeon')).status).toBe(200);
  });

  it('are shown without the channels’ health where nobody can tell', async () => {
    gateway.services.answers[DELIVERY_QUESTIONS.health.pattern] = () =>
      Promise.reject(new DeadlineExceeded('late'));
    const { status, text } = await operator.get('/operator/deliveries');
    expect([status, textOf(text)]).toEqual([200, expect.stringContaining('cannot be read for the moment')]);
  });

  it('show one with each attempt', async () => {
    const { text } = await operator.get(PAGE);
    const read = textOf(text);
    expect(read).toContain('Money received, Webhook Failed');
    expect(read).toMatch(/1 1 March 2026 .* Failed no answer in time – 10,000 ms/);
    expect(read).toMatch(/2 1 March 2026 .* Failed answered <502> 502 120 ms/);
    expect(text).not.toContain('http-equiv="refresh"');
  });

  it('are sent again, and followed until they have ended', async () => {
    const answer = await operator.submit(PAGE, `${PAGE}/retry`);
    expect([answer.status, answer.location]).toEqual([303, PAGE]);
    expect(gateway.services.asked.at(-1)).toEqual({
      pattern: DELIVERY_QUESTIONS.retry.pattern,
      request: { deliveryId: DELIVERY_ID },
    });
    gateway.services.answers[DELIVERY_QUESTIONS.read.pattern] = () => ({ ...delivery, status: 'waiting' });
    const { text } = await operator.follow(answer);
    expect(textOf(text)).toContain('It is on its way again.');
    expect(text).toContain('<meta http-equiv="refresh" content="5"/>');
  });
});
