import { randomUUID } from 'node:crypto';
import {
  ACCOUNT_QUESTIONS,
  accountNumberOf,
  CUSTOMER_QUESTIONS,
  refusal,
  SERVICE_NAMES,
  systemAccountIdOf,
  TRANSFER_QUESTIONS,
  transferIdOf,
  unseal,
  type AccountView,
  type CheckPassword,
  type CustomerView,
  type RegisterCustomer,
  type TransferRequest,
  type TransferResult,
  type TransferView,
} from '@kopeck/contracts';
import { BrokerUnavailable, DeadlineExceeded, OutcomeUnknown, Overloaded } from '@kopeck/kafka';
import { GatewaySettings } from '../gateway.settings.js';
import { startGateway, type GatewayUnderTest } from '../testing/gateway-under-test.js';
import { requestOf, resultOf, viewOf } from '../transfers/transfer.samples.js';

const CUSTOMER_ID = '11111111-1111-4111-8111-111111111111';
const ACCOUNT_ID = '22222222-2222-4222-8222-222222222222';
const NUMBER = accountNumberOf(12_345_678n);

const account: AccountView = {
  accountId: ACCOUNT_ID,
  number: NUMBER,
  kind: 'customer',
  customerId: CUSTOMER_ID,
  name: 'Holidays',
  currency: 'EUR',
  status: 'active',
  statusReason: null,
  balanceMinor: '123450',
  version: '7',
  revision: '3',
  openedAt: '2026-03-01T09:30:00.000Z',
};
const customer: CustomerView = {
  customerId: CUSTOMER_ID,
  email: 'anna@example.com',
  name: 'Anna',
  role: 'customer',
  language: 'en',
  registeredAt: '2026-03-01T09:30:00.000Z',
};
const transferBody = {
  debitAccountId: ACCOUNT_ID,
  creditAccountNumber: NUMBER,
  instructedAmount: { amount: '12.30', currency: 'EUR' },
};

interface Call {
  method?: 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT';
  as?: string | null;
  headers?: Record<string, string>;
  body?: unknown;
  text?: string;
}

describe('the gateway over HTTP', () => {
  let gateway: GatewayUnderTest;
  let anna: string;
  let operator: string;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    gateway.services.answers = {};
    gateway.services.onSend = () => undefined;
    gateway.services.sent.length = 0;
    gateway.services.asked.length = 0;
    gateway.state.isDown = false;
    anna = gateway.signIn('customer', CUSTOMER_ID);
    operator = gateway.signIn('operator');
  });

  async function call(url: string, { method = 'GET', as = anna, headers = {}, body, text }: Call = {}) {
    const payload = text ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await gateway.app.inject({
      method,
      url: url.startsWith('/docs') ? url : `/api/v1${url}`,
      headers: {
        ...(payload !== undefined && { 'content-type': 'application/json' }),
        ...(as && { authorization: as }),
        ...headers,
      },
      ...(payload !== undefined && { payload }),
    });
    const isJson = /json/.test(String(response.headers['content-type']));
    return {
      status: response.statusCode,
      headers: response.headers,
      text: response.body,
      body: (isJson && response.body ? JSON.parse(response.body) : undefined) as any,
    };
  }

  const transfer = (change: Call = {}) =>
    call('/transfers', {
      method: 'POST',
      body: transferBody,
      ...change,
      headers: { 'idempotency-key': 'key-1', ...change.headers },
    });

  /** The ledger answers as soon as the request is sent. */
  const settleWith = (facts: Parameters<typeof resultOf>[1] = {}) => {
    gateway.services.onSend = (request) => gateway.desk.onResult(resultOf(request, facts));
  };

  function expectProblem(answer: Awaited<ReturnType<typeof call>>, status: number, code: string): void {
    expect([answer.status, answer.body?.code]).toEqual([status, code]);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({ status, type: `/docs/problems#${code}` });
    expect(answer.body.title).toBeTruthy();
    expect(answer.body.detail).toBeTruthy();
    expect(answer.text).not.toMatch(/\.[jt]s:|node_modules|stack/);
  }

  describe('sign-up and sign-in', () => {
    it('seals the password for the customer service, bound to the address in lower case', async () => {
      let seen: RegisterCustomer | undefined;
      gateway.services.answers[CUSTOMER_QUESTIONS.register.pattern] = (request: RegisterCustomer) => {
        seen = request;
        return customer;
      };
      const body = { email: ' Anna@Example.com', password: 'correct horse battery', name: 'Anna' };
      const answer = await call('/customers', { method: 'POST', as: null, body });
      expect(answer.status).toBe(201);
      expect(answer.body).toEqual({
        id: CUSTOMER_ID,
        email: 'anna@example.com',
        name: 'Anna',
        role: 'customer',
        language: 'en',
        registeredAt: customer.registeredAt,
      });
      expect(seen).toMatchObject({ email: 'anna@example.com', language: 'en' });
      expect(JSON.stringify(seen)).not.toContain('correct horse');
      const key = Buffer.from(gateway.app.get(GatewaySettings).SEALING_KEY, 'base64');
      expect(unseal(seen!.sealedPassword, key, 'anna@example.com')).toBe('correct horse battery');
    });

    it('asks once more for a lost answer, under the same id', async () => {
      const ids: string[] = [];
      gateway.services.answers[CUSTOMER_QUESTIONS.register.pattern] = ({ customerId }: RegisterCustomer) => {
        ids.push(customerId);
        if (ids.length === 1) throw new DeadlineExceeded('late');
        return customer;
      };
      const body = { email: 'anna@example.com', password: 'correct horse battery', name: 'Anna' };
      expect((await call('/customers', { method: 'POST', as: null, body })).status).toBe(201);
      expect(ids[0]).toBe(ids[1]);
    });

    it('begins a session that works until it is ended', async () => {
      gateway.services.answers[CUSTOMER_QUESTIONS.checkPassword.pattern] = () => customer;
      gateway.services.answers[CUSTOMER_QUESTIONS.read.pattern] = () => customer;
      const body = { email: 'anna@example.com', password: 'x' };
      const { status, body: session } = await call('/sessions', { method: 'POST', as: null, body });
      expect(status).toBe(201);
      expect(session).toMatchObject({ customer: { id: CUSTOMER_ID } });
      const as = `Bearer ${session.token}`;
      expect((await call('/me', { as })).body.email).toBe('anna@example.com');
      const out = await call('/sessions/current', { method: 'DELETE', as });
      expect([out.status, out.text]).toEqual([204, '']);
      expectProblem(await call('/me', { as }), 401, 'unauthenticated');
    });

    it('ends all sessions at once', async () => {
      gateway.services.answers[CUSTOMER_QUESTIONS.read.pattern] = () => customer;
      const other = gateway.signIn('customer', CUSTOMER_ID);
      expect((await call('/sessions', { method: 'DELETE' })).status).toBe(204);
      for (const as of [anna, other]) expect((await call('/me', { as })).status).toBe(401);
      expect((await call('/me', { as: operator })).status).toBe(200);
    });

    it('says the same for a wrong password and an unknown address', async () => {
      gateway.services.answers[CUSTOMER_QUESTIONS.checkPassword.pattern] = ({ email }: CheckPassword) =>
        refusal('invalid_credentials', `secret detail about ${email}`);
      const wrong = await Promise.all(
        ['anna@example.com', 'nobody@example.com'].map((email) =>
          call('/sessions', { method: 'POST', as: null, body: { email, password: 'wrong' } }),
        ),
      );
      for (const answer of wrong) expectProblem(answer, 401, 'invalid_credentials');
      expect(wrong[0]!.body.detail).toBe(wrong[1]!.body.detail);
    });
  });

  describe('who may do what', () => {
    it('wants a session, and says how to send it', async () => {
      for (const as of [null, 'Bearer nonsense', `Bearer ${'A'.repeat(43)}`, 'Basic YTpi']) {
        const answer = await call('/accounts', { as });
        expectProblem(answer, 401, 'unauthenticated');
        expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
      }
    });

    it('keeps customers out of the operator routes, and operators out of the customers', async () => {
      expectProblem(await call('/operator/services'), 403, 'forbidden');
      expectProblem(await call('/accounts', { as: operator }), 403, 'forbidden');
      expectProblem(await transfer({ as: operator }), 403, 'forbidden');
    });

    it('lets nobody in while sessions cannot be read', async () => {
      gateway.state.isDown = true;
      const answer = await call('/accounts');
      expectProblem(answer, 503, 'unavailable');
      expect(answer.headers['retry-after']).toBe('2');
    });

    it('asks for the caller’s own things only', async () => {
      gateway.services.answers[ACCOUNT_QUESTIONS.read.pattern] = () => refusal('account_not_found', 'none');
      expectProblem(await call(`/accounts/${ACCOUNT_ID}`), 404, 'not_found');
      expect(gateway.services.asked[0]!.request).toEqual({ accountId: ACCOUNT_ID, customerId: CUSTOMER_ID });
    });
  });

  describe('accounts', () => {
    it('are listed with balances as decimal strings', async () => {
      gateway.services.answers[ACCOUNT_QUESTIONS.list.pattern] = () => [account];
      const { body } = await call('/accounts');
      expect(body.data).toEqual([
        {
          id: ACCOUNT_ID,
          number: NUMBER,
          name: 'Holidays',
          currency: 'EUR',
          status: 'active',
          statusReason: null,
          balance: { amount: '1234.50', currency: 'EUR' },
          version: '7',
          openedAt: account.openedAt,
        },
      ]);
    });

    it('are opened once under one key', async () => {
      gateway.services.answers[ACCOUNT_QUESTIONS.open.pattern] = () => account;
      const open = (headers = {}) =>
        call('/accounts', { method: 'POST', body: { currency: 'EUR' }, headers });
      const answer = await open({ 'idempotency-key': 'one' });
      await open({ 'idempotency-key': 'one' });
      await open();
      expect(answer.status).toBe(201);
      expect(answer.headers).toMatchObject({ etag: '"3"' });
      const ids = gateway.services.asked.map(({ request }) => request['accountId']);
      expect(answer.headers['location']).toBe(`/api/v1/accounts/${String(ids[0])}`);
      expect(ids[0]).toBe(ids[1]);
      expect(ids[0]).not.toBe(ids[2]);
    });

    it('are renamed only against the version that was read', async () => {
      gateway.services.answers[ACCOUNT_QUESTIONS.rename.pattern] = ({ revision }: { revision: string }) =>
        revision === '3' ? { ...account, revision: '4' } : refusal('stale_version', 'changed meanwhile');
      gateway.services.answers[ACCOUNT_QUESTIONS.read.pattern] = () => account;
      const rename = (headers?: Record<string, string>) =>
        call(`/accounts/${ACCOUNT_ID}`, { method: 'PATCH', body: { name: 'New' }, headers });
      expectProblem(await rename(), 428, 'version_required');
      for (const tag of ['"2"', 'W/"3"', '"x"', '"1", "2"']) {
        expectProblem(await rename({ 'if-match': tag }), 412, 'stale_version');
      }
      for (const tag of ['"3"', '*', '"2", "3"']) {
        const answer = await rename({ 'if-match': tag });
        expect([answer.status, answer.headers['etag']]).toEqual([200, '"4"']);
      }
    });

    it('have entries in pages that say where the next one is', async () => {
      const entry = {
        transferId: randomUUID(),
        kind: 'transfer',
        amountMinor: '-1230',
        balanceAfterMinor: '0',
        currency: 'EUR',
        accountVersion: '8',
        counterpartyNumber: NUMBER,
        counterpartyIsBank: false,
        reference: null,
        postedAt: account.openedAt,
      };
      gateway.services.answers[ACCOUNT_QUESTIONS.entries.pattern] = ({ cursor }: { cursor?: string }) => ({
        data: [entry],
        nextCursor: cursor ? null : 'n+1',
      });
      const first = await call(`/accounts/${ACCOUNT_ID}/entries?limit=1`);
      expect(first.body.data[0].amount).toEqual({ amount: '-12.30', currency: 'EUR' });
      expect(first.headers['link']).toBe(
        `</api/v1/accounts/${ACCOUNT_ID}/entries?limit=1&cursor=n%2B1>; rel="next"`,
      );
      const last = await call(`/accounts/${ACCOUNT_ID}/entries?limit=1&cursor=n%2B1`);
      expect(last.headers['link']).toBeUndefined();
      expect(last.body.nextCursor).toBeNull();
    });
  });

  describe('a transfer', () => {
    it('that settles in time is 201 with its place and itself', async () => {
      settleWith();
      const answer = await transfer();
      const id = transferIdOf(CUSTOMER_ID, 'key-1');
      expect(answer.status).toBe(201);
      expect(answer.headers['location']).toBe(`/api/v1/transfers/${id}`);
      expect(answer.headers['preference-applied']).toBeUndefined();
      expect(answer.body).toMatchObject({
        id,
        status: 'completed',
        instructedAmount: transferBody.instructedAmount,
      });
      expect(gateway.services.sent[0]!.value).toMatchObject({
        transferId: id,
        customerId: CUSTOMER_ID,
        kind: 'transfer',
        amountMinor: '1230',
      });
    });

    it('is the same answer again, marked, for a repeat', async () => {
      let first: TransferRequest | undefined;
      gateway.services.onSend = (request) => {
        first ??= request;
        gateway.desk.onResult(resultOf(first));
      };
      const [one, two] = [await transfer(), await transfer()];
      expect(two.text).toBe(one.text);
      expect(two.status).toBe(201);
      expect(one.headers['idempotent-replayed']).toBeUndefined();
      expect(two.headers['idempotent-replayed']).toBe('true');
      expect(two.headers['location']).toBe(one.headers['location']);
    });

    it('that is refused is a 422 problem, the same on a repeat', async () => {
      let first: TransferRequest | undefined;
      gateway.services.onSend = (request) => {
        first ??= request;
        gateway.desk.onResult(resultOf(first, { status: 'failed', reason: 'insufficient_funds' }));
      };
      const [one, two] = [await transfer(), await transfer()];
      expectProblem(one, 422, 'insufficient_funds');
      expect(one.body).toMatchObject({
        instance: `/api/v1/transfers/${first!.transferId}`,
        transferId: first!.transferId,
        detail: expect.stringMatching(/No money moved/) as string,
      });
      expect(two.text).toBe(one.text);
      expect(two.headers['idempotent-replayed']).toBe('true');
    });

    it('under a key used for another one is refused', async () => {
      gateway.services.onSend = (request) =>
        gateway.services.reply({
          requestId: request.requestId,
          outcome: 'rejected',
          code: 'idempotency_key_reused',
          detail: 'Used for another transfer.',
        });
      expectProblem(await transfer(), 422, 'idempotency_key_reused');
    });

    it('that nobody waits for is 202, and can be read as pending at once', async () => {
      const answer = await transfer({ headers: { prefer: 'respond-async' } });
      expect(answer.status).toBe(202);
      expect(answer.headers).toMatchObject({ 'retry-after': '1', 'preference-applied': 'respond-async' });
      expect(answer.body).toMatchObject({ status: 'pending', settledAt: null });
      const address = answer.headers['location']!.toString().replace('/api/v1', '');
      gateway.services.answers[TRANSFER_QUESTIONS.read.pattern] = () => refusal('not_found', 'not yet');
      const read = await call(address);
      expect([read.status, read.text, read.headers['retry-after']]).toEqual([200, answer.text, '1']);
      gateway.services.answers[TRANSFER_QUESTIONS.read.pattern] = () => {
        throw new DeadlineExceeded('late');
      };
      expect((await call(address)).body.status).toBe('pending');
      expectProblem(await call(address, { as: gateway.signIn('customer') }), 504, 'deadline_exceeded');
    });

    it('that takes too long is asked for once, then 202', async () => {
      gateway.services.answers[TRANSFER_QUESTIONS.read.pattern] = () => refusal('not_found', 'not yet');
      gateway.services.onSend = () => new Promise((resolve) => setTimeout(resolve, 20));
      const answer = await transfer({ headers: { prefer: 'wait=1' } });
      expect([answer.status, answer.headers['preference-applied']]).toEqual([202, 'wait=1']);
    });

    it('of unknown outcome is pending, never failed', async () => {
      gateway.services.onSend = () => Promise.reject(new OutcomeUnknown('lost'));
      const answer = await transfer({ headers: { prefer: 'respond-async' } });
      expect([answer.status, answer.body.status]).toEqual([202, 'pending']);
    });

    it.each([
      ['broker', () => new BrokerUnavailable('down')],
      ['room', () => new Overloaded('full')],
    ])('without a %s is 503 and nothing accepted', async (_, error) => {
      gateway.services.onSend = () => Promise.reject(error());
      const answer = await transfer();
      expectProblem(answer, 503, 'unavailable');
      expect(answer.headers['retry-after']).toBe('2');
      expect(answer.body.detail).toMatch(/Nothing was accepted/);
    });

    it('needs a key', async () => {
      const answer = await call('/transfers', { method: 'POST', body: transferBody });
      expectProblem(answer, 400, 'idempotency_key_missing');
      expectProblem(
        await transfer({ headers: { 'idempotency-key': 'a b' } }),
        400,
        'idempotency_key_invalid',
      );
      expect(gateway.services.sent).toEqual([]);
    });

    it('is read by its parties, listed and followed step by step', async () => {
      const result = resultOf(requestOf({ customerId: CUSTOMER_ID }));
      const steps = [{ type: 'requested', at: account.openedAt, service: 'gateway', detail: null }];
      gateway.services.answers = {
        [TRANSFER_QUESTIONS.read.pattern]: () => viewOf(result),
        [TRANSFER_QUESTIONS.list.pattern]: () => ({ data: [viewOf(result)], nextCursor: null }),
        [TRANSFER_QUESTIONS.steps.pattern]: () => steps,
      };
      expect((await call(`/transfers/${result.transferId}`)).body.id).toBe(result.transferId);
      expect((await call('/transfers?status=completed')).body.data).toHaveLength(1);
      expect((await call(`/transfers/${result.transferId}/events`)).body).toEqual({ data: steps });
      for (const { request } of gateway.services.asked) expect(request['customerId']).toBe(CUSTOMER_ID);
    });
  });

  describe('a transfer that was answered while the transaction-manager still calls it pending', () => {
    const pendingViewOf = (request: TransferRequest): TransferView => ({
      ...viewOf(resultOf(request)),
      status: 'pending',
      direction: 'outgoing',
      creditAccountId: null,
      settledAt: null,
    });
    const outcomes: [string, Partial<TransferResult>][] = [
      ['to somebody else', {}],
      ['between accounts of one customer', { creditCustomerId: CUSTOMER_ID }],
    ];

    it.each(outcomes)('is what the answer said: %s', async (_, facts) => {
      let sent!: TransferRequest;
      gateway.services.onSend = (request) => {
        sent = request;
        gateway.desk.onResult(resultOf(request, facts));
      };
      const answer = await transfer();
      gateway.services.answers = {
        [TRANSFER_QUESTIONS.read.pattern]: () => pendingViewOf(sent),
        [TRANSFER_QUESTIONS.list.pattern]: () => ({ data: [pendingViewOf(sent)], nextCursor: null }),
      };
      const read = await call(`/transfers/${sent.transferId}`);
      expect(read.body).toEqual(answer.body);
      expect(read.headers['retry-after']).toBeUndefined();
      expect((await call('/transfers')).body.data).toEqual([answer.body]);
      expect((await call('/transfers?status=pending')).body.data).toEqual([]);
    });

    it('has ended in the list of its steps, too, once', async () => {
      const chain = { chain: 0, sequence: '1', hash: 'h', previousHash: 'g' };
      let sent!: TransferRequest;
      gateway.services.onSend = (request) => {
        sent = request;
        gateway.desk.onResult(resultOf(request, { chain }));
      };
      await transfer();
      const requested = { type: 'requested', at: sent.requestedAt, service: 'gateway', detail: null };
      const completed = {
        type: 'completed',
        at: '2026-03-01T09:30:00.012Z',
        service: 'transaction',
        detail: null,
      };
      for (const known of [[requested], [requested, completed]]) {
        gateway.services.answers = { [TRANSFER_QUESTIONS.steps.pattern]: () => known };
        const { body } = await call(`/transfers/${sent.transferId}/events`);
        expect(body.data).toEqual([requested, completed]);
      }
    });

    it('is refused where the answer said so', async () => {
      let sent!: TransferRequest;
      gateway.services.onSend = (request) => {
        sent = request;
        gateway.desk.onResult(resultOf(request, { status: 'failed', reason: 'insufficient_funds' }));
      };
      expectProblem(await transfer(), 422, 'insufficient_funds');
      gateway.services.answers = { [TRANSFER_QUESTIONS.read.pattern]: () => pendingViewOf(sent) };
      const { body } = await call(`/transfers/${sent.transferId}`);
      expect(body).toMatchObject({ status: 'failed', reason: 'insufficient_funds', settledAt: null });
    });
  });

  describe('the operator', () => {
    it('books cash from the till of the currency', async () => {
      settleWith();
      const { debitAccountId: _, ...body } = transferBody;
      const headers = { 'idempotency-key': 'cash-1' };
      const answer = await call('/operator/cash-deposits', { method: 'POST', as: operator, body, headers });
      expect(answer.status).toBe(201);
      expect(answer.headers['location']).toMatch(/^\/api\/v1\/operator\/transactions\//);
      expect(gateway.services.sent[0]!.value).toMatchObject({
        kind: 'cash_deposit',
        debitAccountId: systemAccountIdOf('cash', 'EUR'),
      });
      const francs = { ...body, instructedAmount: { amount: '1.00', currency: 'CHF' } };
      const refused = await call('/operator/cash-deposits', {
        method: 'POST',
        as: operator,
        body: francs,
        headers,
      });
      expectProblem(refused, 422, 'validation_failed');
    });

    it('finds, freezes and unfreezes accounts with a reason', async () => {
      gateway.services.answers = {
        [ACCOUNT_QUESTIONS.find.pattern]: () => account,
        [ACCOUNT_QUESTIONS.freeze.pattern]: ({ frozen }: { frozen: boolean }) => ({
          ...account,
          status: frozen ? 'frozen' : 'active',
        }),
      };
      const as = operator;
      const found = await call(`/operator/accounts?number=${NUMBER}`, { as });
      expect(found.body.data[0]).toMatchObject({ id: ACCOUNT_ID, customerId: CUSTOMER_ID, kind: 'customer' });
      const freeze = (verb: string, body?: object) =>
        call(`/operator/accounts/${ACCOUNT_ID}/${verb}`, { method: 'POST', as, body });
      expect((await freeze('freeze', { reason: 'by phone' })).body.status).toBe('frozen');
      expect((await freeze('unfreeze', { reason: 'by phone' })).body.status).toBe('active');
      expectProblem(await freeze('freeze', {}), 422, 'validation_failed');
      expectProblem(await freeze('freeze'), 422, 'validation_failed');
      gateway.services.answers[ACCOUNT_QUESTIONS.find.pattern] = () => refusal('account_not_found', 'none');
      expect((await call(`/operator/accounts?number=${NUMBER}`, { as })).body).toEqual({ data: [] });
    });

    it('sees services and transactions of everybody', async () => {
      const result = resultOf(requestOf({}));
      gateway.services.answers = {
        [TRANSFER_QUESTIONS.read.pattern]: () => viewOf(result),
        [TRANSFER_QUESTIONS.list.pattern]: () => ({ data: [viewOf(result)], nextCursor: 'next' }),
        [TRANSFER_QUESTIONS.steps.pattern]: () => [],
      };
      const as = operator;
      const services = (await call('/operator/services', { as })).body.data;
      expect(services).toHaveLength(SERVICE_NAMES.length);
      expect(services[1]).toMatchObject({ service: 'customer', status: 'down', instances: [], lag: 3 });
      const list = await call('/operator/transactions?status=pending&pendingForSeconds=5', { as });
      expect(list.headers['link']).toMatch(/pendingForSeconds=5&cursor=next/);
      expect(gateway.services.asked.at(-1)!.request).toMatchObject({
        status: 'pending',
        pendingForSeconds: 5,
      });
      const read = await call(`/operator/transactions/${result.transferId}`, { as });
      expect(read.body.creditAccountId).toBe(result.creditAccountId);
      expect((await call(`/operator/transactions/${result.transferId}/events`, { as })).body).toEqual({
        data: [],
      });
    });
  });

  describe('what is wrong with a request', () => {
    it.each<[string, Call & { url?: string }, number, string]>([
      ['broken JSON', { text: '{"a":' }, 400, 'malformed_json'],
      ['an empty body', { text: '' }, 400, 'malformed_json'],
      ['a prototype in disguise', { text: '{"__proto__":{}}' }, 400, 'malformed_json'],
      ['an array', { text: '[]' }, 422, 'validation_failed'],
      ['plain text', { text: 'a', headers: { 'content-type': 'text/plain' } }, 415, 'unsupported_media_type'],
      [
        'a form',
        { text: 'a=1', headers: { 'content-type': 'application/x-www-form-urlencoded' } },
        415,
        'unsupported_media_type',
      ],
      ['64 kB and more', { text: JSON.stringify({ a: 'x'.repeat(65_536) }) }, 413, 'body_too_large'],
      ['a megabyte', { text: JSON.stringify({ a: 'x'.repeat(1_000_000) }) }, 413, 'body_too_large'],
      ['unknown fields', { body: { ...transferBody, x: 1 } }, 422, 'validation_failed'],
      [
        'a number for an amount',
        { body: { ...transferBody, instructedAmount: { amount: 12.3, currency: 'EUR' } } },
        422,
        'validation_failed',
      ],
    ])('%s is told', async (_, change, status, code) => {
      expectProblem(await transfer({ body: undefined, ...change }), status, code);
      expect(gateway.services.sent).toEqual([]);
    });

    it('an unknown address is 404, a known one with another method 405', async () => {
      expectProblem(await call('/nothing'), 404, 'not_found');
      expectProblem(await call('/transfers/not-an-id'), 404, 'not_found');
      const answer = await call(`/accounts/${ACCOUNT_ID}`, { method: 'DELETE' });
      expectProblem(answer, 405, 'method_not_allowed');
      expect(answer.headers['allow']).toBe('GET, HEAD, PATCH');
      expectProblem(await call('/sessions', { method: 'PUT', body: {} }), 405, 'method_not_allowed');
    });

    it('a cursor of nobody’s is 400', async () => {
      gateway.services.answers[TRANSFER_QUESTIONS.list.pattern] = () => refusal('invalid_cursor', 'not ours');
      expectProblem(await call('/transfers?cursor=abc'), 400, 'invalid_cursor');
    });

    it('our own mistakes say nothing of our inside', async () => {
      gateway.services.answers[ACCOUNT_QUESTIONS.list.pattern] = () => {
        throw new Error('password=hunter2 at /srv/app.js:1');
      };
      const answer = await call('/accounts');
      expectProblem(answer, 500, 'internal_error');
      expect(answer.text).not.toContain('hunter2');
      expect(answer.body.traceId).toBeTruthy();
    });
  });

  it('sets the headers that keep browsers and caches careful', async () => {
    gateway.services.answers[ACCOUNT_QUESTIONS.list.pattern] = () => [];
    const { headers } = await call('/accounts');
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      ratelimit: expect.stringMatching(/^"default";r=\d+;t=\d+$/) as string,
      'ratelimit-policy': '"default";q=600;w=60',
    });
    expect(headers['content-security-policy']).not.toContain('unsafe');
  });

  it('serves its own description', async () => {
    const document = await call('/docs/openapi.json');
    expect(document.body.openapi).toBe('3.1.0');
    const page = await call('/docs');
    const [, icon] = /<link rel="icon" type="image\/svg\+xml" href="([^"]+)">/.exec(page.text) ?? [];
    expect((await gateway.app.inject({ url: icon ?? '/favicon.ico' })).headers['content-type']).toBe(
      'image/svg+xml',
    );
    expect(page.text).toContain('swagger-ui');
    expect(page.text).not.toMatch(/<script>|<style>|https?:\/\//);
    for (const asset of ['assets/swagger-ui.css', 'assets/swagger-ui-bundle.js', 'init.js', 'style.css']) {
      expect((await call(`/docs/${asset}`)).status).toBe(200);
    }
    expect((await call('/docs/assets/package.json')).status).toBe(404);
    expect((await call('/docs/problems')).text).toContain('id="insufficient_funds"');
  });
});

describe('the rate limit', () => {
  it('counts by session, then answers 429 with when to go on', async () => {
    const gateway = await startGateway({ RATE_LIMIT_PER_MINUTE: 3 });
    try {
      gateway.services.answers[ACCOUNT_QUESTIONS.list.pattern] = () => [];
      const get = (authorization: string) =>
        gateway.app.inject({ url: '/api/v1/accounts', headers: { authorization } });
      const [anna, boris] = [gateway.signIn('customer'), gateway.signIn('customer')];
      const statuses = [];
      for (let index = 0; index < 4; index++) statuses.push((await get(anna)).statusCode);
      expect(statuses).toEqual([200, 200, 200, 429]);
      const limited = await get(anna);
      expect(limited.json()).toMatchObject({ code: 'rate_limited' });
      expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
      expect((await get(boris)).statusCode).toBe(200);
    } finally {
      await gateway.app.close();
    }
  });

  it('is off at 0', async () => {
    const gateway = await startGateway({ RATE_LIMIT_PER_MINUTE: 0 });
    try {
      const answer = await gateway.app.inject({ url: '/api/v1/accounts' });
      expect(answer.headers['ratelimit']).toBeUndefined();
    } finally {
      await gateway.app.close();
    }
  });
});
