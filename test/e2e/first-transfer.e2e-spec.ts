import { randomUUID } from 'node:crypto';
import {
  BankClient,
  deposit,
  expected,
  fundedAccount,
  newCustomer,
  PASSWORD,
  signIn,
  transferBody,
  type Account,
} from '../support/bank-client.js';
import { eventually } from '../support/eventually.js';
import { sharedSystem, type SharedSystem } from '../support/system.js';

describe('the first transfer', () => {
  let system: SharedSystem;
  let operator: BankClient;
  let anna: BankClient;
  let boris: BankClient;
  let annas: Account;
  let boriss: Account;

  beforeAll(async () => {
    system = await sharedSystem();
    operator = await signIn(system.url, system.operator.email, system.operator.password);
    [anna, boris] = await Promise.all([newCustomer(system.url, 'Anna'), newCustomer(system.url, 'Boris')]);
  }, 120_000);

  beforeEach(async () => {
    [annas, boriss] = await Promise.all([
      fundedAccount(anna, operator, 'EUR', '100.00'),
      boris.openAccount('EUR'),
    ]);
  }, 30_000);

  async function balances(): Promise<[string, string]> {
    return Promise.all([anna.balanceOf(annas.id), boris.balanceOf(boriss.id)]);
  }

  it('goes from sign-up to both balances', async () => {
    const email = `${randomUUID()}@example.com`;
    const anonymous = new BankClient(system.url);
    const body = { email, password: PASSWORD, name: 'Вера', language: 'ru' };
    const registered = expected(201, await anonymous.send('POST', '/customers', { body }));
    expect(registered).toMatchObject({ email, name: 'Вера', role: 'customer', language: 'ru' });
    expect(JSON.stringify(registered)).not.toMatch(/password|argon2/i);
    const vera = await signIn(system.url, email.toUpperCase(), PASSWORD);
    expect(expected(200, await vera.get('/me'))).toMatchObject({ id: registered.id, email });

    const veras = await vera.openAccount('EUR', 'Повседневный');
    expect(veras).toMatchObject({ balance: { amount: '0.00', currency: 'EUR' }, status: 'active' });
    expect((await deposit(operator, veras, '50.00')).status).toBe(201);

    const answer = await vera.transfer({
      ...transferBody(veras, boriss, '30.25'),
      reference: 'За обед 🍲',
      endToEndId: 'LUNCH-1',
    });
    const transfer = expected(201, answer);
    expect(transfer).toMatchObject({
      kind: 'transfer',
      status: 'completed',
      reason: null,
      debitAccountId: veras.id,
      creditAccountId: null,
      creditAccountNumber: boriss.number,
      instructedAmount: { amount: '30.25', currency: 'EUR' },
      reference: 'За обед 🍲',
      endToEndId: 'LUNCH-1',
    });
    expect(answer.headers.get('location')).toMatch(new RegExp(`/api/v1/transfers/${transfer.id}$`));
    expect(answer.headers.has('idempotent-replayed')).toBe(false);

    expect(await vera.balanceOf(veras.id)).toBe('19.75');
    const list = expected(200, await boris.get('/accounts')).data as Account[];
    expect(list.find(({ id }) => id === boriss.id)?.balance).toEqual({ amount: '30.25', currency: 'EUR' });

    await eventually(async () => {
      expect(expected(200, await vera.get(`/transfers/${transfer.id}`))).toEqual(transfer);
      expect(expected(200, await boris.get(`/transfers/${transfer.id}`))).toMatchObject({
        id: transfer.id,
        status: 'completed',
        debitAccountId: null,
        creditAccountId: boriss.id,
      });
    });
  });

  it('gives the same answer to the same request, marked as a replay, and moves the money once', async () => {
    const key = randomUUID();
    const body = transferBody(annas, boriss, '10.00');
    const first = await anna.transfer(body, key);
    expected(201, first);
    for (let repeat = 0; repeat < 3; repeat += 1) {
      const again = await anna.transfer(body, key);
      expect(again.status).toBe(201);
      expect(again.body).toEqual(first.body);
      expect(again.headers.get('location')).toBe(first.headers.get('location'));
      expect(again.headers.get('idempotent-replayed')).toBe('true');
    }
    expect(await balances()).toEqual(['90.00', '10.00']);
  });

  it('takes one key, quoted or bare, for one key', async () => {
    const key = randomUUID();
    const body = transferBody(annas, boriss, '10.00');
    const first = expected(201, await anna.transfer(body, key));
    const quoted = await anna.transfer(body, `"${key}"`);
    expect(quoted.body).toEqual(first);
    expect(quoted.headers.get('idempotent-replayed')).toBe('true');
    expect(await balances()).toEqual(['90.00', '10.00']);
  });

  it.each([
    ['amount', (body: any) => ({ ...body, instructedAmount: { amount: '10.01', currency: 'EUR' } })],
    ['reference', (body: any) => ({ ...body, reference: 'something else' })],
    ['recipient', (body: any) => ({ ...body, creditAccountNumber: annas.number })],
  ])('refuses another %s under the key, and keeps the first answer', async (_what, change) => {
    const key = randomUUID();
    const body = transferBody(annas, boriss, '10.00');
    const first = expected(201, await anna.transfer(body, key));
    const other = await anna.transfer(change(body), key);
    expect(other.status).toBe(422);
    expect(other.body).toMatchObject({ code: 'idempotency_key_reused' });
    expect((await anna.transfer(body, key)).body).toEqual(first);
    expect(await balances()).toEqual(['90.00', '10.00']);
  });

  it('keeps the keys of two customers apart', async () => {
    const key = randomUUID();
    const boriss2 = await fundedAccount(boris, operator, 'EUR', '5.00');
    const one = expected(201, await anna.transfer(transferBody(annas, boriss, '1.00'), key));
    const two = expected(201, await boris.transfer(transferBody(boriss2, annas, '2.00'), key));
    expect(two.id).not.toBe(one.id);
  });

  it('refuses more than there is, stores the refusal and moves nothing', async () => {
    const key = randomUUID();
    const body = transferBody(annas, boriss, '100.01');
    const refused = await anna.transfer(body, key);
    expect(refused.status).toBe(422);
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(refused.body).toMatchObject({
      code: 'insufficient_funds',
      status: 422,
      detail: expect.stringMatching(/No money moved/),
      transferId: expect.any(String),
    });
    expect(await balances()).toEqual(['100.00', '0.00']);
    await eventually(async () =>
      expect(expected(200, await anna.get(`/transfers/${refused.body.transferId}`))).toMatchObject({
        status: 'failed',
        reason: 'insufficient_funds',
        settledAt: null,
      }),
    );

    // The refusal is the answer for that key for ever, even when there is money by now.
    expect((await deposit(operator, annas, '50.00')).status).toBe(201);
    const again = await anna.transfer(body, key);
    expect(again.status).toBe(422);
    expect(again.body).toEqual(refused.body);
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await balances()).toEqual(['150.00', '0.00']);
  });

  it('spends the last cent, and not one more', async () => {
    expected(201, await anna.transfer(transferBody(annas, boriss, '100.00')));
    expect((await anna.transfer(transferBody(annas, boriss, '0.01'))).body.code).toBe('insufficient_funds');
    expect(await balances()).toEqual(['0.00', '100.00']);
  });

  it('executes a hundred parallel requests under one key once, with identical answers', async () => {
    const key = randomUUID();
    const body = transferBody(annas, boriss, '7.77');
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => anna.transfer(body, key, { prefer: 'wait=20' })),
    );
    for (const answer of answers) {
      expect(answer.status).toBe(201);
      expect(answer.body).toEqual(answers[0]!.body);
    }
    const originals = answers.filter((answer) => !answer.headers.has('idempotent-replayed'));
    expect(originals).toHaveLength(1);
    expect(await balances()).toEqual(['92.23', '7.77']);
    const page = expected(200, await anna.get(`/accounts/${annas.id}/entries`));
    expect(page.data.filter((entry: any) => entry.transferId === answers[0]!.body.id)).toHaveLength(1);
  }, 60_000);

  it('executes exactly as many of a hundred parallel transfers as there is money for', async () => {
    const answers = await Promise.all(
      Array.from({ length: 100 }, () =>
        anna.transfer(transferBody(annas, boriss, '3.00'), randomUUID(), { prefer: 'wait=20' }),
      ),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(33);
    expect(answers.filter(({ body }) => body.code === 'insufficient_funds')).toHaveLength(67);
    expect(await balances()).toEqual(['1.00', '99.00']);
  }, 60_000);

  it('answers 202 at once when asked to, and the transfer becomes final by itself', async () => {
    const key = randomUUID();
    const body = transferBody(annas, boriss, '4.00');
    const accepted = await anna.transfer(body, key, { prefer: 'respond-async' });
    expect(accepted.status).toBe(202);
    expect(accepted.body).toMatchObject({ status: 'pending', settledAt: null });
    expect(accepted.headers.get('preference-applied')).toBe('respond-async');
    expect(accepted.headers.has('retry-after')).toBe(true);
    const id = accepted.body.id as string;
    // Readable from the moment it was accepted; never "not found" in between.
    await eventually(async () =>
      expect(expected(200, await anna.get(`/transfers/${id}`))).toMatchObject({ id, status: 'completed' }),
    );
    expect((await anna.transfer(body, key)).headers.get('idempotent-replayed')).toBe('true');
    expect(await balances()).toEqual(['96.00', '4.00']);
  });

  it('shows the way a transfer went', async () => {
    const { id } = expected(201, await anna.transfer(transferBody(annas, boriss, '1.00')));
    await eventually(async () => {
      const { data } = expected(200, await anna.get(`/transfers/${id}/events`));
      const types = data.map((step: any) => step.type);
      expect(types[0]).toBe('requested');
      expect(types).toContain('forwarded');
      expect(types.at(-1)).toBe('completed');
    });
  });

  it('moves currencies of no and of three decimals', async () => {
    for (const [currency, start, amount, left] of [
      ['JPY', '1000', '1', '999'],
      ['KWD', '1.500', '0.001', '1.499'],
    ] as const) {
      const from = await fundedAccount(anna, operator, currency, start);
      const to = await boris.openAccount(currency);
      expected(201, await anna.transfer(transferBody(from, to, amount)));
      expect(await anna.balanceOf(from.id)).toBe(left);
      expect(await boris.balanceOf(to.id)).toBe(amount);
    }
  });

  it('sends between two of one’s own accounts', async () => {
    const savings = await anna.openAccount('EUR', 'Savings');
    const transfer = expected(201, await anna.transfer(transferBody(annas, savings, '40.00')));
    expect(transfer).toMatchObject({ debitAccountId: annas.id, creditAccountId: savings.id });
    expect(await anna.balanceOf(annas.id)).toBe('60.00');
    expect(await anna.balanceOf(savings.id)).toBe('40.00');
  });

  it('opens one account under one key', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const body = { currency: 'USD', name: 'Once' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => anna.send('POST', '/accounts', { body, headers })),
    );
    expect(new Set(answers.map((answer) => expected(201, answer).id)).size).toBe(1);
  });
});
