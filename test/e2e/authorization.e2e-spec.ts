import { randomUUID } from 'node:crypto';
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
import { eventually } from '../support/eventually.js';
import { startSystem, type RunningSystem } from '../support/system.js';

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
const OF_ANYBODY_SIGNED_IN = ['readMe', 'signOut', 'signOutEverywhere'];

const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

/**
 * Every route of the OpenAPI document, asked as nobody, as another customer and as the operator, always about Anna's
 * things. What is Anna's carries marks that may not show in anybody else's answer.
 */
describe('authorization', () => {
  let system: RunningSystem;
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
  let marks: string[];

  const mark = `mark-${randomUUID()}`;
  const borisEmail = `${randomUUID()}@example.com`;

  async function register(email: string, name: string): Promise<BankClient> {
    const body = { email, password: PASSWORD, name };
    expected(201, await new BankClient(system.url).send('POST', '/customers', { body }));
    return signIn(system.url, email, PASSWORD);
  }

  beforeAll(async () => {
    system = await startSystem();
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
    overrideId = expected(201, await operator.send('POST', '/operator/rate-overrides', { body: override() }))
      .id as string;
    marks = [mark, 'E2E-OF-ANNA', annas.id, annas.number, own.id, own.number, ...annasIds()];
    await eventually(async () => expected(200, await anna.get(`/transfers/${transferId}`)));
    routes = await readRoutes();
  }, 120_000);

  afterAll(() => system?.stop(), 60_000);

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

  const annasIds = () => [transferId, quoteId, orderId, alertId];

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
    const [noun] = /(transfers|transactions|quotes|orders|rate-alerts|rate-overrides)\//.exec(path) ?? [''];
    switch (noun) {
      case 'transfers/':
      case 'transactions/':
        return transferId;
      case 'quotes/':
        return quoteId;
      case 'orders/':
        return orderId;
      case 'rate-alerts/':
        return alertId;
      case 'rate-overrides/':
        return overrideId;
      default:
        return annas.id;
    }
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
      case 'freezeAccount':
      case 'unfreezeAccount':
        return { reason: 'Authorization test' };
      default:
        return undefined;
    }
  }

  function ask(client: BankClient, route: Route): Promise<Answer> {
    return client.send(route.method, route.path, {
      body: bodyOf(route.id),
      headers: { 'idempotency-key': randomUUID(), 'if-match': '*', prefer: 'wait=20' },
    });
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
    expect(routes.filter(isOperators).length).toBeGreaterThanOrEqual(12);
    expect(routes.length).toBeGreaterThanOrEqual(36);
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
  }, 120_000);

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
