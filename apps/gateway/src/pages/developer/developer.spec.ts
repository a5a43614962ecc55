import {
  DELIVERY_QUESTIONS,
  INBOX_QUESTIONS,
  MAX_WEBHOOK_ENDPOINTS,
  refusal,
  seal,
  WEBHOOK_QUESTIONS,
  webhookEndpointIdOf,
  type ChangeWebhook,
  type CreateWebhook,
  type WebhookEndpointView,
} from '@kopeck/contracts';
import { GatewaySettings } from '../../gateway.settings.js';
import { startGateway, type GatewayUnderTest } from '../../testing/gateway-under-test.js';
import { deliveryOf } from '../notifications/delivery.samples.js';
import { BrowserUnderTest, hiddenFieldsOf, textOf } from '../testing/browser-under-test.js';

const CUSTOMER_ID = '11111111-1111-4111-8111-111111111111';
const ENDPOINT_ID = '44444444-4444-4444-8444-444444444444';
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const PAGE = `/developer/webhooks/${ENDPOINT_ID}`;

const view: WebhookEndpointView = {
  endpointId: ENDPOINT_ID,
  url: 'https://shop.example/hooks',
  description: 'The shop',
  types: ['transfer_received'],
  status: 'active',
  disabledReason: null,
  previousSecretUntil: null,
  createdAt: '2026-03-01T09:30:00.000Z',
  revision: '3',
};

describe('webhooks as pages', () => {
  let gateway: GatewayUnderTest;
  let anna: BrowserUnderTest;
  let webhooks: WebhookEndpointView[];

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.asked.length = 0;
    anna = new BrowserUnderTest(gateway).signIn('customer', CUSTOMER_ID);
    webhooks = [view];
    gateway.services.answers = {
      [INBOX_QUESTIONS.list.pattern]: () => ({ data: [], nextCursor: null, unreadCount: 0 }),
      [DELIVERY_QUESTIONS.list.pattern]: () => ({ data: [deliveryOf()], nextCursor: null }),
      [WEBHOOK_QUESTIONS.list.pattern]: () => webhooks,
      [WEBHOOK_QUESTIONS.read.pattern]: () => webhooks[0] ?? refusal('not_found', 'no'),
      [WEBHOOK_QUESTIONS.create.pattern]: ({ endpointId, url, description, types }: CreateWebhook) =>
        url.includes('10.0.0.1')
          ? refusal('validation_failed', 'no', { pointer: '/url' })
          : sealed({ ...view, endpointId, url, description: description ?? null, types }),
      [WEBHOOK_QUESTIONS.change.pattern]: ({ revision }: ChangeWebhook) =>
        revision === webhooks[0]!.revision ? view : refusal('stale_version', 'Changed.'),
      [WEBHOOK_QUESTIONS.rotateSecret.pattern]: () => {
        webhooks = [{ ...view, revision: '4', previousSecretUntil: '2026-03-02T09:30:00.000Z' }];
        return sealed(webhooks[0]!);
      },
      [WEBHOOK_QUESTIONS.delete.pattern]: () => ({ deleted: true }),
      [WEBHOOK_QUESTIONS.test.pattern]: () => ({ deliveryId: deliveryOf().deliveryId }),
    };
  });

  function sealed(endpoint: WebhookEndpointView) {
    const key = Buffer.from(gateway.app.get(GatewaySettings).SEALING_KEY, 'base64');
    return { endpoint, sealedSecret: seal(SECRET, key, endpoint.endpointId) };
  }
  const asked = (pattern: string) =>
    gateway.services.asked.filter((one) => one.pattern === pattern).map(({ request }) => request);

  it('are listed with state and events, beside documents and how to check a message', async () => {
    webhooks = [view, { ...view, status: 'disabled', disabledReason: 'gone', types: [] }];
    const { text } = await anna.get('/developer');
    expect(textOf(text)).toMatch(/https:\/\/shop\.example\/hooks On The shop Money received/);
    expect(textOf(text)).toMatch(
      /Off The shop The address answered 410.* All that your preferences let through/,
    );
    expect(textOf(text)).toContain("crypto.createHmac('sha256', key)");
    for (const document of ['/docs', '/docs/openapi.json', '/docs/problems'])
      expect(text).toContain(`href="${document}"`);
  });

  it('are as many as there may be, and no more', async () => {
    webhooks = Array.from({ length: MAX_WEBHOOK_ENDPOINTS }, () => view);
    const { text } = await anna.get('/developer');
    expect(text).not.toContain('/developer/webhooks/new');
    expect(textOf(text)).toContain('You have 10 webhooks, the most there can be.');
  });

  describe('a new one', () => {
    const create = (fields: Record<string, string>) =>
      anna.submit('/developer/webhooks/new', '/developer/webhooks', fields);

    it('shows its secret in the answer, which no cache keeps and no address leads to', async () => {
      const { status, text, headers } = await create({ url: view.url, 'type.transfer_sent': 'on' });
      expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
      expect(textOf(text)).toContain(`Secret ${SECRET}`);
      const [request] = asked(WEBHOOK_QUESTIONS.create.pattern);
      expect(request).toMatchObject({ customerId: CUSTOMER_ID, url: view.url, types: ['transfer_sent'] });
      for (const page of ['/developer', PAGE]) expect((await anna.get(page)).text).not.toContain(SECRET);
    });

    it('is made once, however often the form is sent', async () => {
      const { text } = await anna.get('/developer/webhooks/new');
      const fields: Record<string, string> = {
        ...hiddenFieldsOf(text, '/developer/webhooks'),
        url: view.url,
      };
      await anna.post('/developer/webhooks', fields);
      await anna.post('/developer/webhooks', fields);
      const id = webhookEndpointIdOf(CUSTOMER_ID, fields['key']!);
      expect(asked(WEBHOOK_QUESTIONS.create.pattern).map(({ endpointId }) => endpointId)).toEqual([id, id]);
    });

    it('that is no address, or none we send to, comes back with what was typed', async () => {
      for (const [url, words] of [
        ['shop.example', 'Enter a whole address that begins with https://'],
        ['https://10.0.0.1/hooks', 'We cannot send to this address'],
      ] as const) {
        const { status, text } = await create({ url, description: 'Mine', 'type.sign_in': 'on' });
        expect(status).toBe(422);
        expect(textOf(text)).toContain(words);
        expect(text).toContain(`value="${url}"`);
        expect(text).toContain('value="Mine"');
        expect(text).toMatch(/name="type\.sign_in"[^>]*checked/);
      }
    });
  });

  it('are edited, based on what was shown', async () => {
    const answer = await anna.submit(`${PAGE}/edit`, PAGE, { url: 'https://new.example/h', description: '' });
    expect(asked(WEBHOOK_QUESTIONS.change.pattern)).toEqual([
      {
        endpointId: ENDPOINT_ID,
        customerId: CUSTOMER_ID,
        url: 'https://new.example/h',
        description: undefined,
        types: [],
        revision: '3',
        isActive: true,
      },
    ]);
    expect(textOf((await anna.follow(answer)).text)).toContain('The webhook is changed.');
  });

  it('changed elsewhere in between say so and keep what was typed', async () => {
    const { text: form } = await anna.get(`${PAGE}/edit`);
    webhooks = [{ ...view, revision: '9' }];
    const { status, text } = await anna.post(PAGE, {
      ...hiddenFieldsOf(form, PAGE),
      url: 'https://new.example',
    });
    expect(status).toBe(422);
    expect(textOf(text)).toContain('changed elsewhere in the meantime');
    expect(text).toContain('value="https://new.example"');
    expect(hiddenFieldsOf(text, PAGE)).toMatchObject({ revision: '9' });
  });

  it('are switched off and on', async () => {
    const off = await anna.submit(PAGE, `${PAGE}/status`);
    expect(asked(WEBHOOK_QUESTIONS.change.pattern)).toMatchObject([{ isActive: false, url: view.url }]);
    webhooks = [{ ...view, status: 'disabled', disabledReason: 'owner' }];
    const page = await anna.follow(off);
    expect(textOf(page.text)).toMatch(/The webhook is off.* You switched it off\./);
    expect(page.text).not.toContain(`${PAGE}/test`);
    await anna.submit(PAGE, `${PAGE}/status`);
    expect(asked(WEBHOOK_QUESTIONS.change.pattern)[1]).toMatchObject({ isActive: true });
  });

  it('are tested, and lead to what becomes of it', async () => {
    const { location } = await anna.submit(PAGE, `${PAGE}/test`);
    expect(location).toBe(`/notifications/deliveries/${deliveryOf().deliveryId}`);
  });

  it('get a new secret once, even when the form is sent twice', async () => {
    const { text } = await anna.get(`${PAGE}/rotate`);
    const fields = hiddenFieldsOf(text, `${PAGE}/rotate`);
    const first = await anna.post(`${PAGE}/rotate`, fields);
    expect(textOf(first.text)).toMatch(new RegExp(`Secret ${SECRET} Until 2 March 2026`));
    const second = await anna.post(`${PAGE}/rotate`, fields);
    expect(second.status).toBe(412);
    expect(asked(WEBHOOK_QUESTIONS.rotateSecret.pattern)).toHaveLength(1);
  });

  it('are deleted only after being asked once more', async () => {
    const { text } = await anna.get(`${PAGE}/delete`);
    expect(textOf(text)).toMatch(/Delete this webhook\? .*This cannot be undone\. Delete it Keep it/);
    expect(asked(WEBHOOK_QUESTIONS.delete.pattern)).toEqual([]);
    const answer = await anna.submit(`${PAGE}/delete`, `${PAGE}/delete`);
    expect([answer.status, answer.location]).toEqual([303, '/developer']);
    expect(asked(WEBHOOK_QUESTIONS.delete.pattern)).toEqual([
      { endpointId: ENDPOINT_ID, customerId: CUSTOMER_ID },
    ]);
  });

  it('show their deliveries, each with the way to its attempts', async () => {
    const { text } = await anna.get(PAGE);
    expect(asked(DELIVERY_QUESTIONS.list.pattern)).toEqual([
      { customerId: CUSTOMER_ID, endpointId: ENDPOINT_ID, limit: 20 },
    ]);
    expect(text).toContain(`href="/notifications/deliveries/${deliveryOf().deliveryId}"`);
  });

  it('of others aren’t there', async () => {
    webhooks = [];
    for (const path of ['', '/edit', '/rotate', '/delete'])
      expect((await anna.get(PAGE + path)).status).toBe(404);
  });
});
