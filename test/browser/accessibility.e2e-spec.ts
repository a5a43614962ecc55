import { jest } from '@jest/globals';
import { LANGUAGES, type Language } from '@kopeck/contracts';
import { bringAxe, expectAccessible } from '../support/browser/accessibility.js';
import { TestBrowser } from '../support/browser/browser.js';
import { comeSignedIn } from '../support/browser/customer.js';
import { fillBank, type Bank } from '../support/browser/filled-bank.js';
import { PageWeight } from '../support/browser/page-weight.js';
import type { Person } from '../support/browser/person.js';
import { placesOf, type Place, type Visitor } from '../support/browser/places.js';
import { sharedSystem, type SharedSystem } from '../support/system.js';

// A page is looked at four times; the limit is for a machine that does other things as well.
jest.setTimeout(60_000);

/** Of all stylesheets and scripts, as they are sent. */
const MAX_BYTES = 60_000;

describe('pages', () => {
  let system: SharedSystem;
  let browser: TestBrowser;
  let bank: Bank;
  const weight = new PageWeight();
  const people = new Map<string, Person>();
  const places = placesOf(() => bank);

  beforeAll(async () => {
    system = await sharedSystem();
    browser = await TestBrowser.start(system.url);
    bank = await fillBank(system);
  }, 120_000);

  afterAll(async () => {
    await browser?.stop();
  }, 60_000);

  /** One window for each who looks, in each language: only pages change. */
  async function personFor(visitor: Visitor, language: Language): Promise<Person> {
    const known = people.get(visitor + language);
    if (known) return known;
    const person = await browser.newPerson({ language });
    await bringAxe(person.context);
    weight.watch(person);
    if (visitor !== 'nobody') await comeSignedIn(person, bank[visitor]);
    people.set(visitor + language, person);
    return person;
  }

  async function look({ visitor, at, status }: Place, language: Language): Promise<void> {
    const person = await personFor(visitor, language);
    if (typeof at === 'string') expect(await person.open(at)).toBe(status);
    else await at(person);
    expect(await person.page.locator('html').getAttribute('lang')).toBe(language);
    await expectAccessible(person);
  }

  // Both languages at once: two windows that have nothing to do with each other.
  it.each(places)('are for everybody, fit, and ask nobody else: $name', async (place) => {
    await Promise.all(LANGUAGES.map((language) => look(place, language)));
  });

  it('need little of stylesheets and scripts', async () => {
    const bytes = await weight.bytesOf();
    expect(Object.keys(bytes)).toEqual(expect.arrayContaining([expect.stringMatching(/\.css$/)]));
    const sum = Object.values(bytes).reduce((total, size) => total + size, 0);
    if (sum > MAX_BYTES) throw new Error(`${sum} bytes: ${JSON.stringify(bytes)}`);
  });
});
