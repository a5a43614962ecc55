import { randomUUID } from 'node:crypto';
import { DEFAULT_CHANNELS } from '@kopeck/contracts';
import {
  BankClient,
  expected,
  fundedAccount,
  PASSWORD,
  signIn,
  transferBody,
  type Account,
  type Answer,
} from '../support/bank-client.js';
import { EventStream } from '../support/event-stream.js';
import { eventually } from '../support/eventually.js';
import { sharedSystem, type SharedSystem } from '../support/system.js';

interface Operation {
  readonly operationId: string;
  readonly tags: string[];
  readonly security?: unknown[];
  readonly requestBody?: unknown;
  readonly responses: Record<string, unknown>;
}

interface Route {
  readonly id: string;
  readonly method: string;
  /** Without the `/api/v1` in front, with ids filled in. */
  readonly path: string;
  readonly operation: Operation;
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** What anybody may know, signed in or not: no route of these knows customers. */
const OF_EVERYBODY = ['estimateConversion', 'listRates', 'readRateHistory'];

/** Routes of any role: what they do concerns only the session that asks. */
const OF_ANYBODY_SIGNED_IN = [
  'readMe',
  'signOut',
  'signOutEverywhere',
  'listSessions',
  'endSession',
  'openStream',
  'listNotifications',
  'markNotificationRead',
  'markNotificationsRead',
  'readNotificationPreferences',
  'changeNotificationPreferences',
  'readNotificationContacts',
  'linkTelegram',
  'forgetTelegram',
  'setPhone',
  'confirmPhone',
  'forgetPhone',
  'sendNotificationTest',
  'listDeliveries',
  'readDelivery',
  'retryDelivery',
];

/** What they do depends on the channels that the bank offers and on what the asker has set up; never on Anna's. */
const OF_CHANNELS = [
  'linkTelegram',
  'forgetTelegram',
  'setPhone',
  'confirmPhone',
  'forgetPhone',
  'sendNotificationTest',
];

const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

/**
 * Every route of the OpenAPI document, asked as nobody, as another customer and as the operator, always about Anna's
 * things. What is Anna's carries marks that may not show in anybody else's answer.
 */
describe('authorization', () => {
  let system: SharedSystem;
  let routes: Route[];
  let operator: BankClient;
  let anna: BankClient;
  let annas: Account;
  let boriss: Account;
  let transferId: string;
  let quoteId: string;
  let orderId: string;
  let alertId: string;
  let overrideId: string;
  let notificationId: string;
  let sessionId: string;
  let webhookId: string;
  let webhookSecret: string;
  let deliveryId: string;
  let marks: string[];

  const mark = `mark-${randomUUID()}`;
  const borisEmail = `${randomUUID()}@example.com`;

  async function register(email: string, name: string): Promise<BankClient> {
    const body = { email, password: PASSWORD, name };
    expected(201, await new BankClient(system.url).send('POST', '/customers', { body }));
    return signIn(system.url, email, PASSWORD);
  }

  beforeAll(async () => {
    system = await sharedSystem();
    operator = await signIn(system.url, system.operator.email, system.operator.password);
    anna = await register(`${mark}@example.com`, `Anna ${mark}`);
    const boris = await register(borisEmail, 'Boris');
    annas = await fundedAccount(anna, operator, 'EUR', '100.00');
    boriss = await boris.openAccount('EUR');
    const own = await anna.openAccount('EUR', `Own ${mark}`);
    const body = {
      ...transferBody(annas, own, '10.00'),
      reference: `For ${mark}`,
      endToEndId: 'E2E-OF-ANNA',
    };
    transferId = expected(201, await anna.transfer(body)).id as string;
    await placeAnnasThings();
    await setUpAnnasNotifications();
    overrideId = expected(201, await operator.send('POST', '/operator/rate-overrides', { body: override() }))
      .id as string;
    marks = [mark, webhookSecret, 'E2E-OF-ANNA', annas.id, annas.number, own.id, own.number, ...annasIds()];
    await eventually(async () => expected(200, await anna.get(`/transfers/${transferId}`)));
    routes = await readRoutes();
  }, 120_000);

  /** What hangs on rates: a quote, an order and an alert, both far from being reached. */
  async function placeAnnasThings(): Promise<void> {
    const roubles = await anna.openAccount('RUB', `Roubles ${mark}`);
    const parties = { debitAccountId: annas.id, creditAccountId: roubles.id, buyCurrency: 'RUB' };
    const sell = { amount: '10.00', currency: 'EUR' };
    const post = async (path: string, body: object) =>
      expected(201, await anna.send('POST', path, { body, headers: { 'idempotency-key': randomUUID() } }))
        .id as string;
    quoteId = await post('/quotes', { ...parties, sell });
    orderId = await post('/orders', { ...parties, sell, targetRate: '99999', expiresAt: inMs(86_400_000) });
    alertId = await post('/rate-alerts', { base: 'EUR', quote: 'RUB', kind: 'at_or_above', rate: '99999' });
  }

  /** An inbox with something in it, a session, an endpoint and a delivery to it. Port 9 discards. */
  async function setUpAnnasNotifications(): Promise<void> {
    const url = `http://127.0.0.1:9/${mark}`;
    const body = { url, description: `Hook ${mark}`, types: ['announcement'] };
    const webhook = expected(201, await anna.send('POST', '/webhook-endpoints', { body }));
    webhookId = webhook.id;
    webhookSecret = webhook.secret;
    deliveryId = expected(202, await anna.send('POST', `/webhook-endpoints/${webhookId}/test`)).deliveryId;
    [{ id: sessionId }] = expected(200, await anna.get('/sessions')).data;
    notificationId = await eventually(async () => {
      const [newest] = expected(200, await anna.get('/notifications')).data;
      if (!newest) throw new Error('there is nothing in the inbox yet');
      return newest.id as string;
    });
  }

  const annasIds = () => [
    transferId,
    quoteId,
    orderId,
    alertId,
    notificationId,
    sessionId,
    webhookId,
    deliveryId,
  ];

  /** Of a currency that the ECB doesn't have and that another source has: nothing is priced by it. */
  function override() {
    return {
      source: 'ecb',
      currency: 'KZT',
      rate: '0.0018',
      reason: 'Authorization test',
      expiresAt: inMs(600_000),
    };
  }

  async function readRoutes(): Promise<Route[]> {
    const document: any = await (await fetch(`${system.url}/docs/openapi.json`)).json();
    return Object.entries<any>(document.paths).flatMap(([address, item]) =>
      METHODS.filter((method) => method in item).map((method) => ({
        id: item[method].operationId as string,
        method: method.toUpperCase(),
        path: pathOf(address),
        operation: item[method] as Operation,
      })),
    );
  }

  /** Ids of Anna's things, for whoever asks. */
  function pathOf(address: string): string {
    const path = address.replace(/^\/api\/v1/, '');
    const filled = path.replace('{id}', idFor(path)).replace('{base}', 'EUR').replace('{quote}', 'RUB');
    if (filled === '/operator/accounts') return `${filled}?number=${annas.number}`;
    return filled === '/convert' ? `${filled}?from=EUR&to=RUB&amount=1.00` : filled;
  }

  function idFor(path: string): string {
    const noun = [...path.matchAll(/([a-z-]+)\/\{id\}/g)][0]?.[1] ?? '';
    const ids: Readonly<Record<string, string>> = {
      transfers: transferId,
      transactions: transferId,
      quotes: quoteId,
      orders: orderId,
      'rate-alerts': alertId,
      'rate-overrides': overrideId,
      notifications: notificationId,
      sessions: sessionId,
      'webhook-endpoints': webhookId,
      deliveries: deliveryId,
      'webhook-deliveries': deliveryId,
    };
    return ids[noun] ?? annas.id;
  }

  function bodyOf(id: string): object | undefined {
    // Whether an account is one of theirs is all that the asker may learn of it.
    const intoAnnas = { debitAccountId: boriss.id, creditAccountId: annas.id, buyCurrency: 'EUR' };
    switch (id) {
      case 'signUp':
        return { email: `${mark}@example.com`, password: PASSWORD, name: 'Impostor' };
      case 'signIn':
        return { email: `${mark}@example.com`, password: 'not her password' };
      case 'openAccount':
        return { currency: 'EUR' };
      case 'renameAccount':
        return { name: 'Taken over' };
      case 'createTransfer':
        return transferBody(annas, boriss, '1.00');
      case 'depositCash':
        return {
          creditAccountNumber: boriss.number,
          instructedAmount: { amount: '1.00', currency: 'EUR' },
        };
      case 'createQuote':
        return { ...intoAnnas, sell: { amount: '1.00', currency: 'RUB' } };
      case 'createConversion':
        return { quoteId };
      case 'placeOrder':
        return {
          ...intoAnnas,
          sell: { amount: '1.00', currency: 'RUB' },
          targetRate: '1',
          expiresAt: inMs(60_000),
        };
      case 'placeRateAlert':
        return { base: 'EUR', quote: 'RUB', kind: 'at_or_below', rate: '0.0001' };
      case 'setRateOverride':
        return override();
      case 'decideHeldBulletin':
        return { accept: false, reason: 'Authorization test' };
      case 'markNotificationRead':
        return { read: true };
      case 'markNotificationsRead':
        return {};
      case 'changeNotificationPreferences':
        return {
          language: 'en',
          timeZone: 'UTC',
          quietHours: null,
          channels: DEFAULT_CHANNELS,
          rateDigest: 'immediate',
          rateCurrencies: [],
          minimumAmounts: [],
        };
      case 'setPhone':
        return { phone: '+79261234567' };
      case 'confirmPhone':
        return { code: '000000' };
      case 'sendNotificationTest':
        return { channel: 'email' };
      case 'createWebhookEndpoint':
        return { url: 'http://127.0.0.1:9/taken-over', types: ['announcement'] };
      case 'changeWebhookEndpoint':
        return { url: 'http://127.0.0.1:9/taken-over' };
      case 'freezeAccount':
      case 'unfreezeAccount':
        return { reason: 'Authorization test' };
      default:
        return undefined;
    }
  }

  async function ask(client: BankClient, route: Route): Promise<Answer> {
    if (route.id === 'openStream' && client.token !== undefined) {
      const open = await beginningOfStream(client);
      if (open) return open;
    }
    return client.send(route.method, route.path, {
      body: bodyOf(route.id),
      headers: { 'idempotency-key': randomUUID(), 'if-match': '*', prefer: 'wait=20' },
    });
  }

  /** A stream doesn't end: what it begins with is its answer. Undefined where there is none to listen to. */
  async function beginningOfStream(client: BankClient): Promise<Answer | undefined> {
    const stream = await EventStream.open(client, '0');
    try {
      const { status, headers } = stream.response;
      if (status !== 200) return undefined;
      await eventually(() => expect(stream.events[0]?.name).toBe('hello'));
      return { status, headers, body: { events: stream.events } };
    } finally {
      stream.close();
    }
  }

  function expectNothingOfAnnas(route: Route, answer: Answer): void {
    // The address that was asked for stands in a problem's `instance`: it is the asker's own words.
    const body = { ...(answer.body as object), instance: undefined };
    const shown = `${JSON.stringify(body)} ${[...answer.headers].join(' ')}`;
    const leaked = marks.filter((text) => shown.includes(text));
    expect({ route: route.id, leaked }).toEqual({ route: route.id, leaked: [] });
  }

  async function expectAnnaUntouched(): Promise<void> {
    expect(await anna.account(annas.id)).toMatchObject({
      status: 'active',
      name: annas.name,
      balance: { amount: '90.00', currency: 'EUR' },
    });
    expect(expected(200, await anna.get(`/quotes/${quoteId}`))).toMatchObject({ transferId: null });
    expect(expected(200, await anna.get('/orders')).data).toMatchObject([{ id: orderId, status: 'active' }]);
    expect(expected(200, await anna.get('/rate-alerts')).data).toMatchObject([
      { id: alertId, status: 'active' },
    ]);
    expect(expected(200, await anna.get('/webhook-endpoints')).data).toMatchObject([
      { id: webhookId, url: `http://127.0.0.1:9/${mark}`, status: 'active', previousSecretUntil: null },
    ]);
    const inbox = expected(200, await anna.get('/notifications?limit=200')).data;
    expect(inbox.find(({ id }: { id: string }) => id === notificationId)).toMatchObject({ readAt: null });
  }

  const isOpen = (route: Route) => !route.operation.security?.length;
  const isOperators = (route: Route) => route.operation.tags.includes('Operator');
  const isAnybodys = (route: Route) => OF_ANYBODY_SIGNED_IN.includes(route.id);

  it('has routes of every kind to walk', () => {
    expect(
      routes
        .filter(isOpen)
        .map(({ id }) => id)
        .sort(),
    ).toEqual([...OF_EVERYBODY, 'signIn', 'signUp']);
    expect(routes.filter(isOperators).length).toBeGreaterThanOrEqual(16);
    expect(routes.length).toBeGreaterThanOrEqual(66);
  });

  it.each([
    ['nobody', undefined],
    ['a made-up token', 'A'.repeat(43)],
    ['what is no token', '../../etc/passwd'],
  ])(
    'lets %s in nowhere',
    async (_who, token) => {
      const client = new BankClient(system.url, token);
      for (const route of routes.filter((each) => !isOpen(each))) {
        const answer = await ask(client, route);
        expect([route.id, answer.status, answer.body.code]).toEqual([route.id, 401, 'unauthenticated']);
        expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/);
        expectNothingOfAnnas(route, answer);
      }
      await expectAnnaUntouched();
    },
    60_000,
  );

  it('tells nobody more than that an address is taken or a password wrong', async () => {
    const anonymous = new BankClient(system.url);
    const answers = Object.fromEntries(
      await Promise.all(
        routes.filter(isOpen).map(async (route) => [route.id, await ask(anonymous, route)] as const),
      ),
    );
    expect(answers['signUp']).toMatchObject({ status: 409, body: { code: 'email_taken' } });
    expect(answers['signIn']).toMatchObject({ status: 401, body: { code: 'invalid_credentials' } });
    for (const id of OF_EVERYBODY) {
      expect([id, answers[id]?.status]).toEqual([id, 200]);
      expectNothingOfAnnas(
        routes.find((route) => route.id === id)!,
        answers[id]!,
      );
    }
  });

  it('shows and does another customer nothing', async () => {
    for (const route of routes.filter((each) => !isOpen(each))) {
      // A session for each, since some routes end it.
      const answer = await ask(await signIn(system.url, borisEmail, PASSWORD), route);
      const told = [route.id, answer.status];
      if (isOperators(route)) expect(told).toEqual([route.id, 403]);
      else if (route.id === 'markNotificationRead') {
        // Marking what isn't there may be nothing, or not found; Anna's stays as it is.
        expect([200, 404]).toContain(answer.status);
      } else if (OF_CHANNELS.includes(route.id)) expect(answer.status).toBeLessThan(500);
      else if ([annas.id, ...annasIds()].some((id) => route.path.includes(id))) {
        expect(told).toEqual([route.id, 404]);
      } else if (route.id === 'createQuote' || route.id === 'placeOrder') {
        expect([...told, answer.body.code]).toEqual([route.id, 422, 'validation_failed']);
      } else if (route.id === 'createConversion') {
        expect([...told, answer.body.code]).toEqual([route.id, 422, 'quote_not_found']);
      } else if (route.id === 'createTransfer') {
        expect([...told, answer.body.code]).toEqual([route.id, 422, 'account_not_found']);
      } else expect(answer.status).toBeLessThan(300);
      expectNothingOfAnnas(route, answer);
    }
    await expectAnnaUntouched();
  }, 240_000);

  it('keeps the operator out of what only customers do', async () => {
    const ofCustomers = routes.filter((each) => !isOpen(each) && !isOperators(each) && !isAnybodys(each));
    for (const route of ofCustomers) {
      const answer = await ask(operator, route);
      expect([route.id, answer.status, answer.body.code]).toEqual([route.id, 403, 'forbidden']);
      expectNothingOfAnnas(route, answer);
    }
    await expectAnnaUntouched();
  }, 60_000);

  it('lets the operator do what is an operator’s', async () => {
    const ofOperators = routes.filter(isOperators);
    // Freezing comes before unfreezing: the order in which they are walked is no accident.
    const ordered = ofOperators.sort((a, b) => a.id.localeCompare(b.id));
    for (const route of ordered) {
      const answer = await ask(operator, route);
      // No rates have jumped, so there is nothing to decide on.
      if (route.id === 'decideHeldBulletin') expect([route.id, answer.status]).toEqual([route.id, 404]);
      else expect([route.id, answer.status < 300]).toEqual([route.id, true]);
      // Operators see accounts and transfers, not who signs in how.
      expect(JSON.stringify(answer.body)).not.toMatch(/password|argon2|token/i);
    }
    await expectAnnaUntouched();
    // What the walk set is the same override again: it ends with the test.
    const { data } = expected(200, await operator.get('/operator/rate-feeds'));
    for (const { id } of data.flatMap((feed: any) => feed.overrides))
      expected(200, await operator.send('DELETE', `/operator/rate-overrides/${id}`));
  }, 60_000);

  it('ends sessions of the caller only, and at once', async () => {
    const [one, two] = await Promise.all([
      signIn(system.url, borisEmail, PASSWORD),
      signIn(system.url, borisEmail, PASSWORD),
    ]);
    expect((await one.send('DELETE', '/sessions/current')).status).toBe(204);
    expect((await one.get('/me')).status).toBe(401);
    expect((await two.get('/me')).status).toBe(200);
    expect((await two.send('DELETE', '/sessions')).status).toBe(204);
    expect((await two.get('/me')).status).toBe(401);
    expect((await anna.get('/me')).status).toBe(200);
  });
});
