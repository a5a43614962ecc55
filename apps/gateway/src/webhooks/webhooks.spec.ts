import { randomBytes } from 'node:crypto';
import {
  refusal,
  seal,
  WEBHOOK_QUESTIONS,
  webhookEndpointIdOf,
  type ChangeWebhook,
  type CreateWebhook,
  type WebhookEndpointView,
  type WebhookSecretView,
} from '@kopeck/contracts';
import { GatewaySettings } from '../gateway.settings.js';
import { callGateway, expectProblem, type CallOptions } from '../testing/gateway-caller.js';
import { startGateway, type GatewayUnderTest } from '../testing/gateway-under-test.js';

const CUSTOMER_ID = '11111111-1111-4111-8111-111111111111';
const ENDPOINT_ID = '44444444-4444-4444-8444-444444444444';
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

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
const { endpointId: _endpointId, revision: _revision, ...facts } = view;
const shown = { id: ENDPOINT_ID, ...facts };

describe('webhook endpoints over HTTP', () => {
  let gateway: GatewayUnderTest;
  let anna: string;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.asked.length = 0;
    anna = gateway.signIn('customer', CUSTOMER_ID);
    gateway.services.answers = {
      [WEBHOOK_QUESTIONS.list.pattern]: () => [view],
      [WEBHOOK_QUESTIONS.read.pattern]: () => view,
      [WEBHOOK_QUESTIONS.create.pattern]: ({ endpointId, url, description, types }: CreateWebhook) =>
        sealed({ ...view, endpointId, url, description: description ?? null, types, revision: '1' }),
      [WEBHOOK_QUESTIONS.change.pattern]: (change: ChangeWebhook) =>
        change.revision === '3' ? { ...view, revision: '4' } : refusal('stale_version', 'Changed.'),
      [WEBHOOK_QUESTIONS.rotateSecret.pattern]: () => sealed({ ...view, revision: '4' }),
      [WEBHOOK_QUESTIONS.delete.pattern]: () => ({ deleted: true }),
      [WEBHOOK_QUESTIONS.test.pattern]: () => ({ deliveryId: CUSTOMER_ID }),
    };
  });

  function sealed(endpoint: WebhookEndpointView, context = endpoint.endpointId): WebhookSecretView {
    const key = Buffer.from(gateway.app.get(GatewaySettings).SEALING_KEY, 'base64');
    return { endpoint, sealedSecret: seal(SECRET, key, context) };
  }

  const call = (path = '', options: CallOptions = {}) =>
    callGateway(gateway, `/webhook-endpoints${path}`, { as: anna, ...options });
  const create = (body: object, headers: Record<string, string> = {}) =>
    call('', { method: 'POST', body, headers });
  const change = (body: object, ifMatch?: string) =>
    call(`/${ENDPOINT_ID}`, {
      method: 'PATCH',
      body,
      ...(ifMatch !== undefined && { headers: { 'if-match': ifMatch } }),
    });
  const asked = () => gateway.services.asked.at(-1)!.request;

  it('are set up, with a secret that is shown once', async () => {
    const answer = await create({ url: view.url }, { 'idempotency-key': 'hook-1' });
    const id = webhookEndpointIdOf(CUSTOMER_ID, 'hook-1');
    expect(answer.status).toBe(201);
    expect(answer.headers).toMatchObject({ location: `/api/v1/webhook-endpoints/${id}`, etag: '"1"' });
    expect(answer.body).toEqual({ ...shown, id, description: null, types: [], secret: SECRET });
    expect(asked()).toEqual({
      endpointId: id,
      customerId: CUSTOMER_ID,
      url: view.url,
      description: undefined,
      types: [],
    });
    for (const path of ['', `/${ENDPOINT_ID}`]) expect((await call(path)).text).not.toContain('whsec');
  });

  it('are another one under a key that was used', async () => {
    gateway.services.answers[WEBHOOK_QUESTIONS.create.pattern] = () => sealed(view);
    expectProblem(
      await create({ url: 'https://other.example/hooks' }, { 'idempotency-key': 'hook-1' }),
      422,
      'idempotency_key_reused',
    );
    const same = { url: view.url, description: 'The shop', types: ['transfer_received'] };
    expect((await create(same, { 'idempotency-key': 'hook-1' })).status).toBe(201);
  });

  it('show no secret that was sealed for something else', async () => {
    gateway.services.answers[WEBHOOK_QUESTIONS.create.pattern] = () => sealed(view, 'another endpoint');
    const same = { url: view.url, description: 'The shop', types: ['transfer_received'] };
    expectProblem(await create(same), 500, 'internal_error');
  });

  it('are listed and read', async () => {
    expect((await call()).body).toEqual({ data: [shown] });
    const one = await call(`/${ENDPOINT_ID}`);
    expect([one.body, one.headers['etag']]).toEqual([shown, '"3"']);
  });

  it('are changed in part, and only against the version that was read', async () => {
    expectProblem(await change({ status: 'disabled' }), 428, 'version_required');
    expectProblem(await change({ status: 'disabled' }, '"2"'), 412, 'stale_version');
    const answer = await change({ status: 'disabled' }, '"3"');
    expect([answer.status, answer.headers['etag']]).toEqual([200, '"4"']);
    expect(asked()).toEqual({
      endpointId: ENDPOINT_ID,
      customerId: CUSTOMER_ID,
      revision: '3',
      url: view.url,
      description: 'The shop',
      types: ['transfer_received'],
      isActive: false,
    });
    await change({ description: null, types: [] }, '*');
    expect(asked()).toMatchObject({ description: undefined, types: [], isActive: true });
  });

  it('get a new secret', async () => {
    const answer = await call(`/${ENDPOINT_ID}/secret-rotation`, { method: 'POST' });
    expect([answer.status, answer.body]).toEqual([200, { ...shown, secret: SECRET }]);
    expect(answer.headers['etag']).toBe('"4"');
  });

  it('are tried out, and forgotten', async () => {
    const test = await call(`/${ENDPOINT_ID}/test`, { method: 'POST' });
    expect([test.status, test.body]).toEqual([202, { deliveryId: CUSTOMER_ID }]);
    expect(test.headers['location']).toBe(`/api/v1/notifications/deliveries/${CUSTOMER_ID}`);
    const gone = await call(`/${ENDPOINT_ID}`, { method: 'DELETE' });
    expect([gone.status, gone.text]).toEqual([204, '']);
  });

  it('of others are not there, and operators have none', async () => {
    for (const { pattern } of Object.values(WEBHOOK_QUESTIONS))
      gateway.services.answers[pattern] = () => refusal('not_found', 'none');
    const path = `/${ENDPOINT_ID}`;
    expectProblem(await call(path), 404, 'not_found');
    expectProblem(await change({ status: 'disabled' }, '*'), 404, 'not_found');
    expectProblem(await call(path, { method: 'DELETE' }), 404, 'not_found');
    expectProblem(await call(`${path}/secret-rotation`, { method: 'POST' }), 404, 'not_found');
    expectProblem(await call(`${path}/test`, { method: 'POST' }), 404, 'not_found');
    for (const { request } of gateway.services.asked) expect(request['customerId']).toBe(CUSTOMER_ID);
    expectProblem(await call('', { as: gateway.signIn('operator') }), 403, 'forbidden');
  });

  it.each<[string, object, string]>([
    ['no address', { url: undefined }, '#/url'],
    ['another protocol', { url: 'ftp://shop.example/hooks' }, '#/url'],
    ['a long address', { url: `https://shop.example/${randomBytes(300).toString('hex')}` }, '#/url'],
    ['two lines of description', { description: 'a\nb' }, '#/description'],
    ['an unknown type', { types: ['test'] }, '#/types'],
    ['one type twice', { types: ['sign_in', 'sign_in'] }, '#/types'],
    ['a secret of one’s own', { secret: SECRET }, '#/secret'],
  ])('are refused for %s', async (_what, fault, pointer) => {
    const answer = await create({ url: view.url, ...fault });
    expectProblem(answer, 422, 'validation_failed');
    expect(answer.body.errors).toMatchObject([{ pointer }]);
    expect(gateway.services.asked).toEqual([]);
  });
});
