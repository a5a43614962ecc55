import { randomBytes, randomUUID } from 'node:crypto';
import { accountNumberOf, deadLetterTopicOf, ERRORS, TOPICS } from '@kopeck/contracts';
import {
  BankClient,
  deposit,
  expected,
  fundedAccount,
  newCustomer,
  signIn,
  transferBody,
  type Account,
  type Answer,
} from '../support/bank-client.js';
import { eventually } from '../support/eventually.js';
import { RawKafka, type RawMessage } from '../support/raw-kafka.js';
import { sharedSystem, type SharedSystem } from '../support/system.js';

describe('bad input', () => {
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
    [annas, boriss] = await Promise.all([
      fundedAccount(anna, operator, 'EUR', '100.00'),
      fundedAccount(boris, operator, 'EUR', '100.00'),
    ]);
  }, 120_000);

  /** Nothing that is refused may move money, whoever's. */
  afterEach(async () => {
    expect(await anna.balanceOf(annas.id)).toBe('100.00');
    expect(await boris.balanceOf(boriss.id)).toBe('100.00');
  });

  function expectProblem(answer: Answer, code: keyof typeof ERRORS): void {
    expect(answer.body).toMatchObject({ code });
    const { status, title } = ERRORS[code];
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(answer.body).toMatchObject({
      status,
      title,
      type: expect.any(String),
      detail: expect.any(String),
    });
    expect(JSON.stringify(answer.body)).not.toMatch(/ at .*\.[jt]s|node_modules|SELECT |INSERT /);
  }

  describe('in a transfer', () => {
    const amount = (value: unknown, currency: unknown = 'EUR') => ({
      instructedAmount: { amount: value, currency },
    });

    it.each<[string, object, string, RegExp]>([
      ['a number for the amount', amount(12.3), '#/instructedAmount/amount', /must be a string/],
      ['too many decimals', amount('1.234'), '#/instructedAmount/amount', /exactly 2 decimals/],
      ['too few decimals', amount('1.2'), '#/instructedAmount/amount', /exactly 2 decimals/],
      ['zero', amount('0.00'), '#/instructedAmount/amount', /greater than zero/],
      ['a negative amount', amount('-1.00'), '#/instructedAmount/amount', /decimal string/],
      [
        'an amount beyond counting',
        amount(`${'9'.repeat(30)}.00`),
        '#/instructedAmount/amount',
        /decimal string|at most/,
      ],
      ['an exponent', amount('1e2'), '#/instructedAmount/amount', /decimal string/],
      ['an unknown currency', amount('1.00', 'ABC'), '#/instructedAmount/currency', /ISO 4217/],
      ['a currency in lower case', amount('1.00', 'eur'), '#/instructedAmount/currency', /ISO 4217/],
      ['no amount', { instructedAmount: undefined }, '#/instructedAmount', /./],
      ['a text for the amount object', { instructedAmount: '1.00 EUR' }, '#/instructedAmount', /object/],
      ['a list for the amount object', { instructedAmount: ['1.00', 'EUR'] }, '#/instructedAmount', /object/],
      [
        'an account that is no id',
        { debitAccountId: 'mine' },
        '#/debitAccountId',
        /id of one of your accounts/,
      ],
      [
        'a mistyped recipient',
        { creditAccountNumber: 'QP00KPCK000000000000' },
        '#/creditAccountNumber',
        /typing mistake/,
      ],
      ['an unknown field', { urgent: true }, '#/urgent', /not a field/],
      [
        'an unknown field of the amount',
        { instructedAmount: { amount: '1.00', currency: 'EUR', x: 1 } },
        '#/instructedAmount/x',
        /not a field/,
      ],
      ['a reference of two lines', { reference: 'two\nlines' }, '#/reference', /one line/],
      ['a reference with half a character', { reference: 'half \ud83c' }, '#/reference', /printable/],
      ['a reference that is too long', { reference: 'r'.repeat(141) }, '#/reference', /140/],
      ['a number for the reference', { reference: 7 }, '#/reference', /140/],
    ])('%s is told beside its field', async (_what, change, pointer, words) => {
      const answer = await anna.transfer({ ...transferBody(annas, boriss, '1.00'), ...change });
      expectProblem(answer, 'validation_failed');
      expect(answer.body.errors).toContainEqual({ pointer, detail: expect.stringMatching(words) });
    });

    it('several mistakes are told at once', async () => {
      const answer = await anna.transfer({
        debitAccountId: 'x',
        instructedAmount: { amount: 1, currency: 'EUR' },
      });
      expectProblem(answer, 'validation_failed');
      expect(answer.body.errors.map((error: any) => error.pointer).sort()).toEqual([
        '#/creditAccountNumber',
        '#/debitAccountId',
        '#/instructedAmount/amount',
      ]);
    });

    it('to the same account is refused for good', async () => {
      expectProblem(await anna.transfer(transferBody(annas, annas, '1.00')), 'same_account');
    });

    it('from somebody else’s account looks like one that does not exist', async () => {
      const others = await anna.transfer(transferBody(boriss, annas, '1.00'));
      expectProblem(others, 'account_not_found');
      const missing = await anna.transfer({
        ...transferBody(boriss, annas, '1.00'),
        debitAccountId: randomUUID(),
      });
      expectProblem(missing, 'account_not_found');
      expect(others.body.detail).toBe(missing.body.detail);
    });

    it('to a number that nobody has is refused', async () => {
      const nobody = accountNumberOf(999_999_999_999n);
      const body = { ...transferBody(annas, boriss, '1.00'), creditAccountNumber: nobody };
      expectProblem(await anna.transfer(body), 'recipient_not_found');
    });

    it('in another currency than the accounts’ is refused', async () => {
      const dollars = await boris.openAccount('USD');
      expectProblem(await anna.transfer(transferBody(annas, dollars, '1.00')), 'currency_mismatch');
      const body = {
        ...transferBody(annas, boriss, '1.00'),
        instructedAmount: { amount: '1.00', currency: 'USD' },
      };
      expectProblem(await anna.transfer(body), 'currency_mismatch');
    });

    it('without a key, or with an unusable one, is not even looked at', async () => {
      const body = transferBody(annas, boriss, '1.00');
      expectProblem(await anna.send('POST', '/transfers', { body }), 'idempotency_key_missing');
      for (const key of ['', 'two words', 'k'.repeat(256), '"half']) {
        const answer = await anna.send('POST', '/transfers', { body, headers: { 'idempotency-key': key } });
        expect(answer.status).toBe(400);
        expect(answer.body.code).toMatch(/^idempotency_key_/);
      }
    });

    it('an id in upper case is the same id', async () => {
      const body = { ...transferBody(annas, annas, '1.00'), debitAccountId: annas.id.toUpperCase() };
      expectProblem(await anna.transfer(body), 'same_account');
    });
  });

  describe('in a body', () => {
    const headers = { 'idempotency-key': 'bad-body' };

    it.each(['', '{', '{"amount":', 'null', '[]', '"text"', '42', '{"a":1}}', '\u0000'])(
      '%j is refused',
      async (text) => {
        const answer = await anna.send('POST', '/transfers', { text, headers });
        expect([400, 422]).toContain(answer.status);
        expectProblem(answer, answer.status === 400 ? 'malformed_json' : 'validation_failed');
      },
    );

    it('a megabyte is refused before it is read', async () => {
      const text = JSON.stringify({
        ...transferBody(annas, boriss, '1.00'),
        reference: 'r'.repeat(1_000_000),
      });
      expectProblem(await anna.send('POST', '/transfers', { text, headers }), 'body_too_large');
    });

    it('deep nesting harms nobody', async () => {
      const text = `{"instructedAmount":${'['.repeat(20_000)}${']'.repeat(20_000)}}`;
      expectProblem(await anna.send('POST', '/transfers', { text, headers }), 'validation_failed');
    });

    it('names of Object’s own are fields like others', async () => {
      const text = `{"__proto__":{"role":"operator"},"constructor":{"prototype":{"x":1}},"debitAccountId":"${annas.id}"}`;
      const answer = await anna.send('POST', '/transfers', { text, headers });
      expect([400, 422]).toContain(answer.status);
    });

    it('another media type is refused', async () => {
      const answer = await anna.send('POST', '/transfers', {
        text: 'amount=1.00',
        headers: { ...headers, 'content-type': 'text/plain' },
      });
      expectProblem(answer, 'unsupported_media_type');
    });
  });

  describe('elsewhere', () => {
    it('an unknown address and an unknown method are told apart', async () => {
      expectProblem(await anna.get('/nothing-here'), 'not_found');
      const answer = await anna.send('DELETE', '/transfers');
      expectProblem(answer, 'method_not_allowed');
      expect(answer.headers.get('allow')).toMatch(/POST/);
    });

    it.each(['?limit=0', '?limit=201', '?limit=ten', '?limit=1.5', '?limit=', '?page=2'])(
      'a list with %s is refused',
      async (query) => expectProblem(await anna.get(`/transfers${query}`), 'validation_failed'),
    );

    it('a cursor of somebody’s own making is refused', async () => {
      for (const cursor of ['abc', 'eyJhIjoxfQ', '%00', '🏦']) {
        const path = `/accounts/${annas.id}/entries?cursor=${encodeURIComponent(cursor)}`;
        expectProblem(await anna.get(path), 'invalid_cursor');
        for (const list of ['transfers', 'orders', 'rate-alerts'])
          expectProblem(await anna.get(`/${list}?cursor=${encodeURIComponent(cursor)}`), 'invalid_cursor');
      }
    });

    it.each([
      [{ currency: 'CHF' }, '#/currency'],
      [{ currency: 'EUR', name: '' }, '#/name'],
      [{ currency: 'EUR', name: 'n'.repeat(61) }, '#/name'],
      [{ currency: 'EUR', balance: '100.00' }, '#/balance'],
    ])('an account of %j is not opened', async (body, pointer) => {
      const answer = await anna.send('POST', '/accounts', { body });
      expectProblem(answer, 'validation_failed');
      expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer }));
    });

    it.each([
      [{ password: 'short' }, '#/password'],
      [{ password: 'Password1234' }, '#/password'],
      [{ email: 'nobody' }, '#/email'],
      [{ name: '' }, '#/name'],
      [{ name: '   ' }, '#/name'],
      [{ role: 'operator' }, '#/role'],
    ])('a customer with %j is not registered', async (change, pointer) => {
      const body = {
        email: `${randomUUID()}@example.com`,
        password: 'a fine secret',
        name: 'Eve',
        ...change,
      };
      const answer = await new BankClient(system.url).send('POST', '/customers', { body });
      expectProblem(answer, 'validation_failed');
      expect(answer.body.errors).toContainEqual(expect.objectContaining({ pointer }));
    });

    it('an address that somebody has is refused, whatever its case', async () => {
      const email = `${randomUUID()}@example.com`;
      const body = { email, password: 'a fine secret', name: 'Eve' };
      const anonymous = new BankClient(system.url);
      expected(201, await anonymous.send('POST', '/customers', { body }));
      const again = await anonymous.send('POST', '/customers', {
        body: { ...body, email: email.toUpperCase() },
      });
      expectProblem(again, 'email_taken');
    });

    it('a name is as long as people count it, or refused; never a fault of ours', async () => {
      // Sixty hearts are 120 code points: a heart and a sign that says "in colour".
      const answer = await anna.send('POST', '/accounts', {
        body: { currency: 'EUR', name: '❤️'.repeat(60) },
      });
      expect([201, 422]).toContain(answer.status);
    });

    it('a deposit in a currency without a till is refused', async () => {
      const answer = await deposit(operator, { ...annas, currency: 'CHF' }, '1.00');
      expectProblem(answer, 'validation_failed');
    });
  });

  describe('on Kafka', () => {
    let kafka: RawKafka;

    beforeAll(async () => {
      kafka = await RawKafka.connect(system.brokers);
    }, 30_000);

    afterAll(() => kafka?.close(), 30_000);

    /** Whole but for what each case takes away. */
    function message(change: object = {}): object {
      return {
        transferId: randomUUID(),
        requestId: randomUUID(),
        customerId: randomUUID(),
        kind: 'transfer',
        debitAccountId: annas.id,
        creditAccountNumber: boriss.number,
        amountMinor: '100',
        currency: 'EUR',
        requestedAt: new Date().toISOString(),
        ...change,
      };
    }

    function malformed(): RawMessage[] {
      const key = annas.id;
      const values: (string | Buffer | null)[] = [
        randomBytes(64),
        Buffer.from([0xff, 0xfe, 0x00]),
        '',
        null,
        'not json',
        '{"transferId":',
        'null',
        '[]',
        '"text"',
        '42',
        '{}',
        JSON.stringify(message({ transferId: undefined })),
        JSON.stringify(message({ transferId: 'not-a-uuid' })),
        JSON.stringify(message({ amountMinor: 100 })),
        JSON.stringify(message({ amountMinor: '-100' })),
        JSON.stringify(message({ amountMinor: '1e3' })),
        JSON.stringify(message({ kind: 'withdrawal' })),
        JSON.stringify(message({ creditAccountNumber: 'QP00KPCK000000000000' })),
        JSON.stringify(message({ reference: 'half \ud83c' })),
        JSON.stringify(message({ requestedAt: 'yesterday' })),
        JSON.stringify(message({ kind: 'conversion' })),
        JSON.stringify(message({ kind: 'conversion', conversion: { quoteId: randomUUID() } })),
        JSON.stringify(message({ refusal: 'no_mood' })),
        `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
      ];
      return values.map((value, n) => ({ key, value, headers: { 'test-case': String(n) } }));
    }

    it.each([TOPICS.transferRequests.name, TOPICS.transferCommands.name, TOPICS.conversionRequests.name])(
      'malformed messages on %s go to the dead-letter topic, and transfers go on',
      async (topic) => {
        const deadLetters = await kafka.watch(deadLetterTopicOf(topic));
        const messages = malformed();
        const run = randomUUID();
        // Good transfers in between, on the same partition: none may be lost or held up.
        const ids: string[] = [];
        for (const bad of messages) {
          await kafka.produce(topic, [{ ...bad, headers: { ...bad.headers, run } }]);
          const there = await anna.transfer(transferBody(annas, boriss, '1.00'), randomUUID(), {
            prefer: 'wait=20',
          });
          const back = await boris.transfer(transferBody(boriss, annas, '1.00'), randomUUID(), {
            prefer: 'wait=20',
          });
          ids.push(expected(201, there).id, expected(201, back).id);
        }
        const mine = await eventually(
          () => {
            const found = deadLetters.filter(({ headers }) => headers['run'] === run);
            expect(found.map(({ headers }) => headers['test-case'])).toHaveLength(messages.length);
            return found;
          },
          { withinMs: 30_000 },
        );
        expect(new Set(mine.map(({ headers }) => headers['test-case'])).size).toBe(messages.length);
        for (const letter of mine) {
          const original = messages[Number(letter.headers['test-case'])]!;
          const value = typeof original.value === 'string' ? Buffer.from(original.value) : original.value;
          // The very bytes, so that somebody can look at them and replay them.
          expect(letter.value === null ? null : [...letter.value]).toEqual(
            value === null ? null : [...value],
          );
          expect(letter.key).toBe(annas.id);
          const told = Object.entries(letter.headers)
            .map(([name, text]) => `${name}: ${text}`)
            .join('\n');
          expect(told).toContain(topic);
          expect(told).toMatch(/partition: \d+/i);
          expect(told).toMatch(/offset: \d+/i);
          expect(told).toMatch(/error/i);
        }
        expect(new Set(ids).size).toBe(messages.length * 2);
      },
      120_000,
    );
  });
});
