import { readFileSync } from 'node:fs';
import { jest } from '@jest/globals';
import type { Language } from '@kopeck/contracts';
import { expected, newCustomer, signIn, type Account, type BankClient } from '../support/bank-client.js';
import { TestBrowser } from '../support/browser/browser.js';
import {
  becomeCustomer,
  comeSignedIn,
  openAccount,
  sessionOf,
  signInHere,
  wishTransfer,
} from '../support/browser/customer.js';
import type { Person } from '../support/browser/person.js';
import { eventually } from '../support/eventually.js';
import { RateFeed } from '../support/rate-feed.js';
import { startSystem, type RunningSystem } from '../support/system.js';

// A whole journey in one test: each of its pages has a limit of its own.
jest.setTimeout(120_000);

/** As the pages' foot names them. */
const LANGUAGE_NAMES: Readonly<Record<Language, string>> = { en: 'English', ru: 'Русский' };

const WAYS: readonly { language: Language; javaScript: boolean }[] = [
  { language: 'en', javaScript: true },
  { language: 'ru', javaScript: false },
];

describe('a customer', () => {
  let system: RunningSystem;
  let feed: RateFeed;
  let browser: TestBrowser;
  let operator: BankClient;
  let boriss: Account;
  let boris: BankClient;
  let person: Person;

  beforeAll(async () => {
    feed = await RateFeed.start();
    system = await startSystem({ settings: { 'currency-converter': feed.environment } });
    browser = await TestBrowser.start(system.url);
    operator = await signIn(system.url, system.operator.email, system.operator.password);
    boris = await newCustomer(system.url, 'Boris');
    boriss = await boris.openAccount('EUR');
  }, 120_000);

  afterAll(async () => {
    await browser?.stop();
    await system?.leave();
    await feed?.stop();
  }, 60_000);

  afterEach(async () => {
    person.faults.expectNone();
    await browser.closeVisits();
  });

  describe.each(WAYS)('in $language, with JavaScript: $javaScript', ({ language, javaScript }) => {
    it('goes from signing up to signing out everywhere', async () => {
      person = await browser.newPerson({ language, javaScript });
      const { words } = person;
      expect(await person.open('/')).toBe(200);
      expect(await person.heading()).toBe(words.signIn.title);

      const email = await becomeCustomer(person, 'Вера Long-Name');
      await person.sees(words.flash.signedUp, words.openAccount.title);

      const euros = await openAccount(person, 'EUR', 'Everyday');
      await openAccount(person, 'RUB', 'Отпуск');
      await payIn(await numberOn(euros), '100');

      await person.open('/');
      await person.sees('Everyday', person.amount('100.00', 'EUR'), words.dashboard.total);
      await sendAndBeRefused();
      await convertSome();
      await readHistory(euros);
      await signOutEverywhere(email);
    });

    /** The account's number, as it stands on its page. */
    async function numberOn(account: string): Promise<string> {
      await person.open(account);
      const [number] = /QP\d\d(?: [\dA-Z]{4}){4}/.exec(await person.text()) ?? [];
      return number ?? '';
    }

    /** What the operator does at the counter, in a browser of their own. */
    async function payIn(number: string, amount: string): Promise<void> {
      const teller = await browser.newPerson({ language, javaScript });
      const { operatorAccounts, operatorDeposits, operatorTransactions, transfer } = teller.words;
      await teller.open('/operator/cash-deposits');
      // What was chosen in this browser counts more than what the operator has chosen elsewhere.
      await teller.press(LANGUAGE_NAMES[language]);
      await signInHere(teller, system.operator.email, system.operator.password);
      expect(await teller.heading()).toBe(operatorDeposits.title);
      await teller.type({ [operatorAccounts.number]: number, [operatorDeposits.amount]: amount });
      await teller.press(operatorDeposits.toCheck);
      await teller.sees('Вера Long-Name', number, teller.amount('100.00', 'EUR'));
      await teller.press(operatorDeposits.book);
      expect(await teller.heading()).toBe(operatorTransactions.titles.cash_deposit);
      await teller.sees(transfer.statuses.completed);
      teller.faults.expectNone();
    }

    async function sendAndBeRefused(): Promise<void> {
      const { send, transfer, form } = person.words;
      const wish = {
        from: 'Everyday',
        to: boriss.number.toLowerCase(),
        amount: '30,25',
        reference: 'Обед 🍲',
      };
      const before = Number(await boris.balanceOf(boriss.id));
      await person.open('/send');
      await wishTransfer(person, { ...wish, amount: '130.25' });
      const available = transfer.available(person.amount('100.00', 'EUR'));
      await person.sees(form.problem, available);
      expect(await person.field(send.amount).inputValue()).toBe('130.25');
      await wishTransfer(person, wish);
      await person.sees(
        person.formats.accountNumber(boriss.number),
        person.amount('30.25', 'EUR'),
        'Обед 🍲',
      );
      await person.press(send.action);
      await person.sees(transfer.titles.completed.out, person.amount('-30.25', 'EUR'), 'Обед 🍲');
      expect(Number(await boris.balanceOf(boriss.id)) - before).toBe(30.25);
    }

    async function convertSome(): Promise<void> {
      const { convert, transfer } = person.words;
      await person.open('/convert');
      await person.choose(convert.from, 'Everyday');
      await person.choose(convert.to, 'Отпуск');
      await person.field(convert.sides.sell).check();
      await person.type({ [convert.amount]: '10' });
      await person.press(convert.next);
      expect(await person.heading()).toBe(convert.quoteTitle);
      await person.sees(person.amount('10.00', 'EUR'), convert.rate, convert.margin);
      await person.press(convert.action);
      await person.sees(
        transfer.titles.completed.conversion,
        person.amount('10.00', 'EUR'),
        transfer.arrives,
      );
    }

    async function readHistory(account: string): Promise<void> {
      const { accounts } = person.words;
      await person.open(account);
      await person.sees(
        person.amount('59.75', 'EUR'),
        'Обед 🍲',
        person.formats.accountNumber(boriss.number),
      );
      await person.type({ [accounts.search]: 'обед' });
      await person.press(accounts.filter);
      await person.sees('Обед 🍲');
      expect(await person.text()).not.toContain(person.amount('100.00', 'EUR'));
      const coming = person.page.waitForEvent('download');
      await person.link(accounts.csv).click();
      const csv = readFileSync(await (await coming).path(), 'utf8');
      expect(csv.trim().split('\n')).toHaveLength(2);
      expect(csv).toContain(`,Обед 🍲,${boriss.number},,30.25,69.75,EUR,`);
    }

    async function signOutEverywhere(email: string): Promise<void> {
      const { profile, flash } = person.words;
      const elsewhere = await browser.newPerson({ language, javaScript });
      await elsewhere.open('/');
      await signInHere(elsewhere, email);
      await person.open('/profile');
      await person.press(profile.endAll);
      await person.sees(flash.signedOutEverywhere);
      for (const one of [person, elsewhere]) {
        await one.open('/');
        expect(await one.heading()).toBe(one.words.signIn.title);
      }
    }

    it('is told when a rate gets where it was waited for', async () => {
      person = await browser.newPerson({ language, javaScript });
      const { rates, flash, notifications } = person.words;
      await comeSignedIn(person, await newCustomer(system.url, 'Anna'));
      feed.set('EUR', '96.0000');
      await eventually(async () => {
        const { data } = expected(200, await operator.get('/rates?base=EUR&quote=RUB'));
        expect(data[0].exchangeRate).toBe('96.0000000000');
      });
      await person.open('/rates/EUR/RUB');
      await person.field(rates.alertKinds.at_or_above).check();
      await person.type({ [rates.alertValue]: '96,5' });
      await person.press(rates.alertAction);
      await person.sees(flash.alertPlaced);
      feed.set('EUR', '96.5500');
      await eventually(async () => {
        await person.open('/notifications');
        // In the list: what only just came is said above it, and isn't among what "all" marks.
        expect(await person.page.getByRole('listitem').allInnerTexts()).toContainEqual(
          expect.stringMatching(/96[.,]55/),
        );
      });
      await person.sees(notifications.markAllRead);
      await person.press(notifications.markAllRead);
      await person.sees(notifications.allRead);
      expect(await sessionOf(person)).toBeDefined();
    });
  });
});
