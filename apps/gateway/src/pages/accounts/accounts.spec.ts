import {
  ACCOUNT_QUESTIONS,
  RATE_QUESTIONS,
  refusal,
  TRANSFER_QUESTIONS,
  type ListEntries,
  type ReadBalances,
} from '@kopeck/contracts';
import { DeadlineExceeded } from '@kopeck/kafka';
import fc from 'fast-check';
import { RATE } from '../../quotes/quote.samples.js';
import { startGateway, type GatewayUnderTest } from '../../testing/gateway-under-test.js';
import { requestOf, resultOf, viewOf } from '../../transfers/transfer.samples.js';
import { totalOf } from '../dashboard/total.js';
import { BrowserUnderTest, textOf } from '../testing/browser-under-test.js';
import { accountOf, ANNA_ID, entryOf, EUROS, EUROS_ID, ROUBLES } from '../testing/page.samples.js';
import { csvLine } from './csv.js';

describe('pages of accounts', () => {
  let gateway: GatewayUnderTest;
  let anna: BrowserUnderTest;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  const late = () => {
    throw new DeadlineExceeded('late');
  };

  beforeEach(() => {
    anna = new BrowserUnderTest(gateway).signIn('customer', ANNA_ID);
    gateway.services.asked.length = 0;
    gateway.services.answers = {
      [ACCOUNT_QUESTIONS.list.pattern]: () => [EUROS, ROUBLES],
      [ACCOUNT_QUESTIONS.read.pattern]: ({ customerId }: { customerId: string }) =>
        customerId === ANNA_ID ? EUROS : refusal('not_found', 'none'),
      [ACCOUNT_QUESTIONS.entries.pattern]: ({ customerId }: ListEntries) =>
        customerId === ANNA_ID ? { data: [entryOf()], nextCursor: 'n+1' } : refusal('not_found', 'none'),
      [ACCOUNT_QUESTIONS.history.pattern]: ({ customerId }: ListEntries) =>
        customerId === ANNA_ID
          ? { account: EUROS, entries: { data: [entryOf()], nextCursor: 'n+1' } }
          : refusal('not_found', 'none'),
      [ACCOUNT_QUESTIONS.balances.pattern]: ({ moments }: ReadBalances) =>
        moments.map((at, index) => ({ at, balanceMinor: String(index * 100) })),
      [RATE_QUESTIONS.list.pattern]: () => [RATE],
      [TRANSFER_QUESTIONS.list.pattern]: () => ({ data: [], nextCursor: null }),
    };
  });

  const asked = (question: { readonly pattern: string }) =>
    gateway.services.asked.filter(({ pattern }) => pattern === question.pattern);

  describe('the overview', () => {
    it('adds everything up at the middle rates, and says how old they are', async () => {
      const page = textOf((await anna.get('/?in=RUB')).text);
      // 120.00 EUR at 92.4071 and 5,000.00 RUB.
      expect(page).toContain('All your money 16,088.85 RUB');
      expect(page).toContain('At the middle rates of Bank of Russia for 30 September 2026, confirmed');
      expect(page).toContain('Holidays');
    });

    it('pins what is on its way, with the word for it', async () => {
      const pending = {
        ...viewOf(resultOf(requestOf({ customerId: ANNA_ID }))),
        status: 'pending',
        settledAt: null,
      };
      gateway.services.answers[TRANSFER_QUESTIONS.list.pattern] = () => ({
        data: [pending],
        nextCursor: null,
      });
      const page = textOf((await anna.get('/')).text);
      expect(page).toMatch(/On its way Not decided yet.*Accounts.*Latest Nothing has moved yet/);
    });

    it('shows what there is while rates, transfers and charts are away', async () => {
      for (const { pattern } of [RATE_QUESTIONS.list, TRANSFER_QUESTIONS.list, ACCOUNT_QUESTIONS.balances])
        gateway.services.answers[pattern] = late;
      const { status, text } = await anna.get('/');
      expect(status).toBe(200);
      expect(textOf(text)).toMatch(/There is no total for the moment.*120\.00 EUR.*not to be had/);
    });

    it('begins with opening an account where there is none', async () => {
      gateway.services.answers[ACCOUNT_QUESTIONS.list.pattern] = () => [];
      expect(textOf((await anna.get('/')).text)).toContain('You have no account yet');
    });

    it('sends operators to their own place', async () => {
      const { location } = await new BrowserUnderTest(gateway).signIn('operator').get('/');
      expect(location).toBe('/operator/services');
    });
  });

  describe('the total', () => {
    it('is exact in one currency, and without what has no rate', () => {
      fc.assert(
        fc.property(fc.array(fc.bigInt({ min: 0n, max: 10n ** 17n }), { maxLength: 20 }), (balances) => {
          const accounts = balances.map((minor) => accountOf({ balanceMinor: minor.toString() }));
          const sum = balances.reduce((total, minor) => total + minor, 0n);
          const { amount, without, origin } = totalOf(accounts, 'EUR', []);
          expect(BigInt(amount.amount.replace('.', ''))).toBe(sum);
          expect([without, origin]).toEqual([[], undefined]);
        }),
      );
      expect(totalOf([EUROS, ROUBLES], 'RUB', []).without).toEqual(['EUR']);
    });

    it('rounds once, also between currencies of 0, 2 and 3 decimals', () => {
      const yen = accountOf({ currency: 'JPY', balanceMinor: '1' });
      const dinar = accountOf({ currency: 'KWD', balanceMinor: '1' });
      const rate = (base: string, text: string) => ({ ...RATE, base, quote: 'EUR', rate: text });
      const rates = [rate('JPY', '0.0049000000'), rate('KWD', '0.1000000000')];
      // 0.0049 + 0.0001: half a cent only together.
      expect(totalOf([yen, dinar], 'EUR', rates).amount.amount).toBe('0.01');
      expect(totalOf([yen], 'EUR', rates).amount.amount).toBe('0.00');
      expect(totalOf([EUROS], 'JPY', [{ ...RATE, base: 'EUR', quote: 'JPY', rate: '160.5' }]).amount).toEqual(
        {
          amount: '19260',
          currency: 'JPY',
        },
      );
    });
  });

  describe('an account', () => {
    it('shows its history with the balance after each movement, a chart with its numbers, and the way on', async () => {
      const { text } = await anna.get(`/accounts/${EUROS_ID}`);
      expect(textOf(text)).toMatch(/Holidays 120\.00 EUR/);
      expect(textOf(text)).toMatch(
        /Rent for March Sent to QP.{22} Money out: −12\.30 EUR Balance 120\.00 EUR/,
      );
      expect(text).toMatch(
        /<svg class="chart"[^>]*role="img" aria-labelledby="balance-chart-title balance-chart-text"/,
      );
      expect(textOf(text)).toContain('It was 0.00 EUR at the beginning and is 120.00 EUR now');
      expect(text).toContain(`href="/accounts/${EUROS_ID}?cursor=n%2B1"`);
    });

    it('asks once for what was held in the past, which never changes, and shows what is held now', async () => {
      const page = `/accounts/${EUROS_ID}?chart=1y`;
      expect(textOf((await anna.get(page)).text)).toContain('is 120.00 EUR now');
      const richer = {
        account: accountOf({ balanceMinor: '7700' }),
        entries: { data: [], nextCursor: null },
      };
      gateway.services.answers[ACCOUNT_QUESTIONS.history.pattern] = () => richer;
      const { text } = await anna.get(`${page}&cursor=n%2B1`);
      expect(textOf(text)).toContain('It was 0.00 EUR at the beginning and is 77.00 EUR now');
      expect(asked(ACCOUNT_QUESTIONS.balances)).toHaveLength(1);
    });

    it('is shown without its chart while that is not to be had, and with it as soon as it is', async () => {
      const page = `/accounts/${EUROS_ID}?chart=7d`;
      const answer = gateway.services.answers[ACCOUNT_QUESTIONS.balances.pattern]!;
      gateway.services.answers[ACCOUNT_QUESTIONS.balances.pattern] = late;
      const { status, text } = await anna.get(page);
      expect(status).toBe(200);
      expect(textOf(text)).toContain('Rent for March');
      expect(text).not.toContain('<svg class="chart"');
      gateway.services.answers[ACCOUNT_QUESTIONS.balances.pattern] = answer;
      expect((await anna.get(page)).text).toContain('<svg class="chart"');
    });

    it('asks the ledger for what the address says: days of the person, direction, words', async () => {
      const query = 'search=rent&from=2026-09-01&until=2026-09-30&direction=out';
      const { text } = await anna.get(`/accounts/${EUROS_ID}?${query}`);
      expect(asked(ACCOUNT_QUESTIONS.history)[0]!.request).toMatchObject({
        accountId: EUROS_ID,
        customerId: ANNA_ID,
        search: 'rent',
        from: '2026-09-01T00:00:00.000Z',
        to: '2026-10-01T00:00:00.000Z',
        direction: 'out',
      });
      expect(text).toContain('value="2026-09-30"');
      expect(text).toContain(
        `href="/accounts/${EUROS_ID}/entries.csv?search=rent&amp;from=2026-09-01&amp;until=2026-09-30&amp;direction=out"`,
      );
    });

    it.each([
      ['from=2026-02-30', 'Enter a day such as'],
      ['from=2026-09-30&until=2026-09-01', 'not before the first one'],
    ])('says what is wrong with %s', async (query, words) => {
      const { status, text } = await anna.get(`/accounts/${EUROS_ID}?${query}`);
      expect(status).toBe(422);
      expect(textOf(text)).toContain(words);
    });

    it('of somebody else is a page that does not exist', async () => {
      const boris = new BrowserUnderTest(gateway).signIn('customer');
      for (const path of [
        `/accounts/${EUROS_ID}`,
        `/accounts/${EUROS_ID}/entries.csv`,
        '/accounts/not-an-id',
      ])
        expect([path, (await boris.get(path)).status]).toEqual([path, 404]);
    });

    it('can be renamed, against the state that was seen', async () => {
      gateway.services.answers[ACCOUNT_QUESTIONS.rename.pattern] = ({ revision }: { revision: string }) =>
        revision === '3' ? EUROS : refusal('stale_version', 'changed');
      const [page, action] = [`/accounts/${EUROS_ID}`, `/accounts/${EUROS_ID}/name`];
      const done = await anna.follow(await anna.submit(page, action, { name: 'Rainy days' }));
      expect(textOf(done.text)).toContain('The account has its new name');
      const stale = await anna.submit(page, action, { name: 'Rainy days', revision: '2' });
      expect([stale.status, textOf(stale.text).includes('changed in the meantime')]).toEqual([422, true]);
      const empty = await anna.submit(page, action, { name: ' ' });
      expect(empty.status).toBe(422);
    });

    it('is opened once by one form', async () => {
      gateway.services.answers[ACCOUNT_QUESTIONS.open.pattern] = () => EUROS;
      const { text } = await anna.get('/accounts/new');
      const key = /name="key" value="([^"]*)"/.exec(text)![1]!;
      const open = () =>
        anna.submit('/accounts/new', '/accounts/new', { key, currency: 'EUR', name: 'Holidays' });
      const [one, two] = [await open(), await open()];
      expect(one.location).toMatch(/^\/accounts\/[0-9a-f-]{36}$/);
      expect(two.location).toBe(one.location);
      expect(
        (await anna.submit('/accounts/new', '/accounts/new', { currency: 'XXX', name: 'a' })).status,
      ).toBe(422);
    });
  });

  describe('the file', () => {
    it('has every movement, and nothing that a spreadsheet would run', async () => {
      const pages = [
        { data: [entryOf({ reference: '=HYPERLINK("https://evil.example")' })], nextCursor: 'two' },
        { data: [entryOf({ amountMinor: '500', reference: 'a, "b"' })], nextCursor: null },
      ];
      gateway.services.answers[ACCOUNT_QUESTIONS.entries.pattern] = ({ cursor }: ListEntries) =>
        pages[cursor === 'two' ? 1 : 0];
      const { text, headers } = await anna.get(`/accounts/${EUROS_ID}/entries.csv`);
      expect(headers).toMatchObject({
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="kopeck-5678-EUR.csv"',
        'cache-control': 'no-store',
      });
      const [heading, first, second, end] = text.split('\r\n');
      expect(heading).toMatch(/^\ufeffPosted at \(UTC\),Kind,/);
      expect(first).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
      expect(first).toContain(',,12.30,120.00,EUR,');
      expect(second).toContain('"a, ""b""",');
      expect(second).toContain(',5.00,,120.00,EUR,');
      expect(end).toBe('');
    });

    it('never begins a cell like a formula, and gives every text back', () => {
      fc.assert(
        fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 5 }), (cells) => {
          const read = readCsvLine(csvLine(cells));
          const isFormula = (index: number) => /^[=+\-@\t\r]/.test(cells[index]!);
          expect(read.map((text, index) => (isFormula(index) ? text.slice(1) : text))).toEqual(cells);
          for (const text of read) expect(text).not.toMatch(/^[=+\-@\t\r]/);
        }),
      );
    });
  });
});

/** RFC 4180, as a spreadsheet reads it. */
function readCsvLine(line: string): string[] {
  const cells: string[] = [];
  const cell = /("(?:[^"]|"")*"|[^,"\r\n]*)(,|\r\n)/y;
  for (let found = cell.exec(line); found; found = cell.exec(line)) {
    const [, text = ''] = found;
    cells.push(text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text);
  }
  return cells;
}
