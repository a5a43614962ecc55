import { LANGUAGES, type Language } from '@kopeck/contracts';
import {
  deposit,
  expected,
  fundedAccount,
  newCustomer,
  signIn,
  transferBody,
  type BankClient,
} from '../support/bank-client.js';
import { expectAccessible } from '../support/browser/accessibility.js';
import { TestBrowser } from '../support/browser/browser.js';
import { comeSignedIn } from '../support/browser/customer.js';
import { PageWeight } from '../support/browser/page-weight.js';
import type { Person } from '../support/browser/person.js';
import { placesOf, type Bank, type Place, type Visitor } from '../support/browser/places.js';
import { eventually } from '../support/eventually.js';
import { startSystem, type RunningSystem } from '../support/system.js';

/** No name is longer, and none has fewer places to break it. */
const LONG_NAME = 'Donaudampfschifffahrtsgesellschaftskapitänskonto 2026';
/** Of all stylesheets and scripts, as they are sent. */
const MAX_BYTES = 60_000;

/** To name the tests before there are any ids. */
const NAMES = placesOf(noBank()).map(({ name }) => name);

describe('pages', () => {
  let system: RunningSystem;
  let browser: TestBrowser;
  let places: Map<string, Place>;
  const weight = new PageWeight();
  const sessions = new Map<Visitor, BankClient>();
  const people = new Map<string, Person>();

  beforeAll(async () => {
    system = await startSystem();
    browser = await TestBrowser.start(system.url);
    places = new Map(placesOf(await fillBank()).map((place) => [place.name, place]));
  }, 120_000);

  afterAll(async () => {
    await browser?.stop();
    await system?.stop();
  }, 60_000);

  async function fillBank(): Promise<Bank> {
    const operator = await signIn(system.url, system.operator.email, system.operator.password);
    const [anna, boris, newcomer] = await Promise.all(
      ['Anna', 'Boris', 'Vera'].map((name) => newCustomer(system.url, name)),
    );
    sessions.set('operator', operator).set('customer', anna!).set('newcomer', newcomer!);
    const euros = await fundedAccount(anna!, operator, 'EUR', '100.00');
    const [roubles, frozen, boriss] = await Promise.all([
      anna!.openAccount('RUB', LONG_NAME),
      anna!.openAccount('USD', 'Frozen'),
      boris!.openAccount('EUR'),
    ]);
    const frozenPath = `/operator/accounts/${frozen.id}/freeze`;
    expected(200, await operator.send('POST', frozenPath, { body: { reason: 'Asked for by the owner' } }));
    const lunch = { ...transferBody(euros, boriss, '12.30'), reference: 'lunch' };
    const sent: string = expected(201, await anna!.transfer(lunch)).id;
    const refused: string = (await anna!.transfer(transferBody(euros, boriss, '1000.00'))).body.transferId;
    const deposited: string = expected(201, await deposit(operator, euros, '1234567.89')).id;
    const converted = await convertSome(anna!, euros.id, roubles.id);
    return { euros, roubles, frozen, boriss, sent, refused, deposited, converted };
  }

  async function convertSome(client: BankClient, from: string, to: string): Promise<string> {
    const sell = { amount: '10.00', currency: 'EUR' };
    const body = { debitAccountId: from, creditAccountId: to, sell, buyCurrency: 'RUB' };
    const quote = await eventually(() => client.quote(body));
    return expected(201, await client.convert(quote.id)).id as string;
  }

  /** One window for each who looks, in each language: only pages change. */
  async function personFor(visitor: Visitor, language: Language): Promise<Person> {
    const known = people.get(visitor + language);
    if (known) return known;
    const person = await browser.newPerson({ language });
    weight.watch(person);
    const session = sessions.get(visitor);
    if (session) await comeSignedIn(person, session);
    people.set(visitor + language, person);
    return person;
  }

  describe.each(LANGUAGES)('in %s', (language) => {
    it.each(NAMES)(
      'are for everybody, of one origin, and fit: %s',
      async (name) => {
        const place = places.get(name)!;
        const person = await personFor(place.visitor, language);
        if (typeof place.at === 'string') expect(await person.open(place.at)).toBe(place.status ?? 200);
        else await place.at(person);
        expect(await person.page.locator('html').getAttribute('lang')).toBe(language);
        await expectAccessible(person);
      },
      60_000,
    );
  });

  it('need little of styles and scripts', async () => {
    const bytes = await weight.bytesOf();
    expect(Object.keys(bytes)).toEqual(expect.arrayContaining([expect.stringMatching(/\.css$/)]));
    const sum = Object.values(bytes).reduce((total, size) => total + size, 0);
    if (sum > MAX_BYTES) throw new Error(`${sum} bytes: ${JSON.stringify(bytes)}`);
  });
});

function noBank(): Bank {
  const account = { id: '', number: '', name: '', currency: 'EUR' } as Bank['euros'];
  const ids = { sent: '', refused: '', deposited: '', converted: '' };
  return { euros: account, roubles: account, frozen: account, boriss: account, ...ids };
}
