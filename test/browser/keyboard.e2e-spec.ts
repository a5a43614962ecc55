import { randomUUID } from 'node:crypto';
import { jest } from '@jest/globals';
import { fundedAccount, newCustomer, PASSWORD, signIn, type Account } from '../support/bank-client.js';
import { NARROW, TestBrowser, WIDE } from '../support/browser/browser.js';
import { comeSignedIn, referenceField } from '../support/browser/customer.js';
import { Keyboard } from '../support/browser/keyboard.js';
import type { Person } from '../support/browser/person.js';
import { sharedSystem, type SharedSystem } from '../support/system.js';

// Tab by Tab over several pages.
jest.setTimeout(90_000);

describe('by keyboard alone', () => {
  let system: SharedSystem;
  let browser: TestBrowser;
  let boriss: Account;
  let person: Person;
  let keyboard: Keyboard;

  beforeAll(async () => {
    system = await sharedSystem();
    browser = await TestBrowser.start(system.url);
    boriss = await (await newCustomer(system.url, 'Boris')).openAccount('EUR');
  }, 120_000);

  afterAll(async () => {
    await browser?.stop();
  }, 60_000);

  afterEach(async () => {
    person.faults.expectNone();
    await browser.closeVisits();
  });

  async function sitDown(viewport = WIDE): Promise<void> {
    person = await browser.newPerson({ viewport });
    keyboard = new Keyboard(person);
  }

  async function sitDownWithMoney(viewport = WIDE): Promise<void> {
    await sitDown(viewport);
    const operator = await signIn(system.url, system.operator.email, system.operator.password);
    const anna = await newCustomer(system.url, 'Anna');
    await fundedAccount(anna, operator, 'EUR', '100.00');
    await anna.openAccount('RUB', 'Roubles');
    await comeSignedIn(person, anna);
  }

  it('one signs up, opens an account and signs out', async () => {
    await sitDown();
    const { signIn: words, signUp, openAccount, accounts, flash, layout } = person.words;
    await person.open('/sign-up');
    await keyboard.type({
      [signUp.name]: 'Vera',
      [words.email]: `${randomUUID()}@example.com`,
      [words.password]: PASSWORD,
    });
    await keyboard.enter();
    await person.sees(flash.signedUp);
    await person.open('/accounts/new');
    await keyboard.choose(openAccount.currency, 'EUR');
    await keyboard.type({ [accounts.name]: 'Everyday' });
    await keyboard.press(openAccount.action);
    await person.sees(flash.accountOpened);
    await keyboard.press(layout.signOut);
    await person.sees(flash.signedOut);
  });

  it.each([WIDE, NARROW])('one sends, $width px wide', async (viewport) => {
    await sitDownWithMoney(viewport);
    const { send, transfer } = person.words;
    await person.open('/send');
    await keyboard.choose(send.from, 'Test');
    await keyboard.type({ [send.to]: boriss.number, [send.amount]: '12.30' });
    await keyboard.tabTo(referenceField(person));
    await keyboard.enter();
    expect(await person.heading()).toBe(send.checkTitle);
    await keyboard.press(send.action);
    await person.sees(transfer.titles.completed.out, person.amount('-12.30', 'EUR'));
  });

  it('one converts', async () => {
    await sitDownWithMoney();
    const { convert, transfer } = person.words;
    await person.open('/convert');
    await keyboard.choose(convert.from, 'Test');
    await keyboard.choose(convert.to, 'Roub');
    await keyboard.tabTo(person.field(convert.sides.sell));
    await person.page.keyboard.press('ArrowDown');
    expect(await person.field(convert.sides.buy).isChecked()).toBe(true);
    await keyboard.type({ [convert.amount]: '960' });
    await keyboard.press(convert.next);
    expect(await person.heading()).toBe(convert.quoteTitle);
    await keyboard.press(convert.action);
    await person.sees(transfer.titles.completed.conversion);
  });

  it('one comes from what is wrong to where it is wrong', async () => {
    await sitDownWithMoney();
    const { send, form } = person.words;
    await person.open('/send');
    await keyboard.tabTo(person.button(send.next));
    await keyboard.enter();
    // The summary says it at once, because it has the focus.
    expect(await keyboard.focused()).toContain(form.problem);
    await keyboard.tabTo(person.link(send.toWrong));
    await person.page.keyboard.press('Enter');
    expect(await person.field(send.to).evaluate((field) => field.matches(':focus'))).toBe(true);
    const fault = await person.field(send.to).getAttribute('aria-describedby');
    expect(fault).toBeTruthy();
  });

  it('one skips what is around the page', async () => {
    await sitDownWithMoney();
    const { layout, send } = person.words;
    await person.open('/send');
    await person.page.keyboard.press('Tab');
    expect(await keyboard.focused()).toBe(layout.skip);
    await person.page.keyboard.press('Enter');
    await keyboard.tabTo(person.page.getByRole('main').getByRole('combobox').first());
    expect(await person.field(send.from).evaluate((field) => field.matches(':focus'))).toBe(true);
  });

  it('one chooses a language, and the page says where one is', async () => {
    await sitDownWithMoney();
    await person.open('/accounts');
    await keyboard.press('Русский');
    expect(await person.page.locator('html').getAttribute('lang')).toBe('ru');
    const here = person.page.getByRole('navigation').locator('[aria-current="page"]');
    expect((await here.innerText()).trim()).toBe('Счета');
  });
});
