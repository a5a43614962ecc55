import { DELIVERY_QUESTIONS, INBOX_QUESTIONS, refusal, type DeliveryDetails } from '@kopeck/contracts';
import { startGateway, type GatewayUnderTest } from '../../testing/gateway-under-test.js';
import { BrowserUnderTest, textOf } from '../testing/browser-under-test.js';
import { deliveryDetailsOf, deliveryOf } from './delivery.samples.js';

const CUSTOMER_ID = '11111111-1111-4111-8111-111111111111';
const ID = deliveryOf().deliveryId;
const PAGE = `/notifications/deliveries/${ID}`;

describe('deliveries as pages', () => {
  let gateway: GatewayUnderTest;
  let anna: BrowserUnderTest;
  let delivery: DeliveryDetails;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.asked.length = 0;
    anna = new BrowserUnderTest(gateway).signIn('customer', CUSTOMER_ID);
    delivery = deliveryDetailsOf();
    const own = (answer: () => unknown) => (request: { deliveryId: string }) =>
      request.deliveryId === ID ? answer() : refusal('not_found', 'no');
    gateway.services.answers = {
      [INBOX_QUESTIONS.list.pattern]: () => ({ data: [], nextCursor: null, unreadCount: 0 }),
      [DELIVERY_QUESTIONS.list.pattern]: () => ({
        data: [
          deliveryOf({ status: 'waiting', dueAt: '2026-03-01T09:36:00.000Z', endedAt: null }),
          deliveryOf({ status: 'dropped', target: null, attempts: 0, lastError: 'the chat was unlinked' }),
        ],
        nextCursor: 'older',
      }),
      [DELIVERY_QUESTIONS.read.pattern]: own(() => delivery),
      [DELIVERY_QUESTIONS.retry.pattern]: own(() => deliveryOf({ status: 'waiting' })),
    };
  });

  const asked = (pattern: string) =>
    gateway.services.asked.filter((one) => one.pattern === pattern).map(({ request }) => request);

  it('are listed with state, attempts, last error and next try', async () => {
    const { text } = await anna.get('/notifications/deliveries');
    expect(textOf(text)).toMatch(
      /Money received Waiting E-mail: a•••@example\.com Last problem: 550 no such mailbox Next try: 1 March 2026.*2 attempts/,
    );
    expect(textOf(text)).toMatch(/Not sent E-mail: Nowhere any more .* 0 attempts Older/);
  });

  it('are filtered by channel and state, in the address, and by the owner always', async () => {
    const { text } = await anna.get('/notifications/deliveries?channel=sms&status=failed&x=1');
    const request = { customerId: CUSTOMER_ID, channel: 'sms', status: 'failed', limit: 30 };
    expect(asked(DELIVERY_QUESTIONS.list.pattern)).toEqual([request]);
    expect(text).toContain('<option value="sms" selected');
    await anna.get('/notifications/deliveries?channel=pigeon&status=');
    expect(asked(DELIVERY_QUESTIONS.list.pattern)[1]).toEqual({ customerId: CUSTOMER_ID, limit: 30 });
  });

  it('say each attempt, and are sent again under the same id', async () => {
    const { text } = await anna.get(PAGE);
    expect(textOf(text)).toMatch(
      /Money received: E-mail .*Attempt 1 Failed no answer within 15 s.*Took 15,000 ms Attempt 2 Failed 550 no such mailbox.*Took 120 ms · Answer 550/,
    );
    const answer = await anna.submit(PAGE, `${PAGE}/retry`);
    expect(asked(DELIVERY_QUESTIONS.retry.pattern)).toEqual([{ deliveryId: ID, customerId: CUSTOMER_ID }]);
    expect(textOf((await anna.follow(answer)).text)).toContain('It is sent again.');
  });

  it('look again by themselves while an attempt is near, and only then', async () => {
    expect((await anna.get(PAGE)).text).not.toMatch(/http-equiv="refresh"|data-pending/);
    const later = new Date(Date.now() + 3_600_000).toISOString();
    delivery = deliveryDetailsOf({ status: 'waiting', dueAt: later });
    expect((await anna.get(PAGE)).text).not.toMatch(/http-equiv="refresh"|data-pending/);
    delivery = deliveryDetailsOf({ status: 'waiting', history: [], attempts: 0, lastError: null });
    const { text } = await anna.get(PAGE);
    expect(text).toMatch(/<noscript><meta http-equiv="refresh" content="5"/);
    expect(textOf(text)).toContain('It has not been tried yet. ');
  });

  it('of others aren’t there', async () => {
    const { status } = await anna.get('/notifications/deliveries/77777777-7777-4777-8777-777777777777');
    expect(status).toBe(404);
  });
});
