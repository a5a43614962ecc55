import { ACCOUNT_QUESTIONS, type ListEntries } from '@kopeck/contracts';
import { startGateway, type GatewayUnderTest } from '../../testing/gateway-under-test.js';
import { BrowserUnderTest, textOf } from '../testing/browser-under-test.js';
import { accountOf, ANNA_ID, entryOf, EUROS_ID, ROUBLES_ID } from '../testing/page.samples.js';

/** Rows and charts are kept as they were rendered: nobody may get another's, or another language's. */
describe('the history of an account, read again', () => {
  let gateway: GatewayUnderTest;
  let anna: BrowserUnderTest;

  beforeAll(async () => {
    gateway = await startGateway();
  });
  afterAll(() => gateway.app.close());

  beforeEach(() => {
    anna = new BrowserUnderTest(gateway).signIn('customer', ANNA_ID);
    gateway.services.answers = {
      // Both sides of one transfer between Anna's own accounts: even their versions are the same.
      [ACCOUNT_QUESTIONS.history.pattern]: ({ accountId }: ListEntries) => ({
        account: accountOf({ accountId }),
        entries: {
          data: [
            entryOf({ amountMinor: accountId === EUROS_ID ? '-1230' : '1230', reference: '<b>Rent</b>' }),
          ],
          nextCursor: null,
        },
      }),
      [ACCOUNT_QUESTIONS.balances.pattern]: ({ moments }: { moments: string[] }) =>
        moments.map((at, index) => ({ at, balanceMinor: String(index) })),
    };
  });

  const read = async (path: string, options?: Record<string, string>) => (await anna.get(path, options)).text;

  it('says the same again, with everything in it', async () => {
    const path = `/accounts/${EUROS_ID}`;
    const withoutTokens = (html: string) => html.replaceAll(/value="[^"]*"/g, '');
    const first = await read(path);
    expect(textOf(first)).toContain('Money out: −12.30 EUR');
    expect(first).toContain('&lt;b>Rent&lt;/b>');
    expect(withoutTokens(await read(path))).toBe(withoutTokens(first));
  });

  it('tells the two sides of a transfer between own accounts apart', async () => {
    expect(textOf(await read(`/accounts/${EUROS_ID}`))).toContain('Money out: −12.30 EUR');
    expect(textOf(await read(`/accounts/${ROUBLES_ID}`))).toContain('Money in: +12.30 EUR');
  });

  it('is in the language that is asked for', async () => {
    const path = `/accounts/${EUROS_ID}`;
    expect(textOf(await read(path))).toContain('30 September 2026');
    const russian = textOf(await read(path, { 'accept-language': 'ru' }));
    expect(russian).toContain('30 сентября 2026');
    expect(russian).toContain('−12,30 €');
    expect(textOf(await read(path))).toContain('−12.30 EUR');
  });
});
