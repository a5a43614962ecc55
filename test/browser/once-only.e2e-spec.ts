import { jest } from '@jest/globals';
import { fundedAccount, newCustomer, signIn, type Account, type BankClient } from '../support/bank-client.js';
import { TestBrowser } from '../support/browser/browser.js';
import {
  comeSignedIn,
  referenceField,
  signInHere,
  wishTransfer,
  type TransferWish,
} from '../support/browser/customer.js';
import type { Person } from '../support/browser/person.js';
import { eventually } from '../support/eventually.js';
import { sharedSystem, type SharedSystem } from '../support/system.js';

// A test walks over several pages, each within its own limit.
jest.setTimeout(60_000);

describe('a form that is sent more than once', () => {
  let system: SharedSystem;
  let browser: TestBrowser;
  let operator: BankClient;
  let boris: BankClient;
  let boriss: Account;
  let anna: BankClient;
  let annas: Account;
  let person: Person;
  let wish: TransferWish;

  beforeAll(async () => {
    system = await sharedSystem();
    browser = await TestBrowser.start(system.url);
    operator = await signIn(system.url, system.operator.email, system.operator.password);
    boris = await newCustomer(system.url, 'Boris');
    boriss = await boris.openAccount('EUR');
  }, 120_000);

  afterAll(async () => {
    await browser?.stop();
  }, 60_000);

  beforeEach(async () => {
    anna = await newCustomer(system.url, 'Anna');
    annas = await fundedAccount(anna, operator, 'EUR', '100.00');
    person = await browser.newPerson();
    await comeSignedIn(person, anna);
    wish = { from: annas.name, to: boriss.number, amount: '12.30', reference: 'lunch' };
  }, 30_000);

  afterEach(async () => {
    person.faults.expectNone();
    await browser.closeVisits();
  });

  async function wishAndCheck(change: Partial<TransferWish> = {}): Promise<void> {
    await person.open('/send');
    await wishTransfer(person, { ...wish, ...change });
    expect(await person.heading()).toBe(person.words.send.checkTitle);
  }

  async function expectSent(...amounts: readonly string[]): Promise<void> {
    const { body } = await anna.get('/transfers');
    const own = body.data.filter(({ kind }: { kind: string }) => kind === 'transfer');
    expect(own.map((one: any) => [one.status, one.instructedAmount.amount])).toEqual(
      amounts.map((amount) => ['completed', amount]),
    );
    const left = amounts.reduce((rest, amount) => rest - Number(amount), 100);
    expect(await anna.balanceOf(annas.id)).toBe(left.toFixed(2));
  }

  it('by a double click is one transfer', async () => {
    await wishAndCheck();
    await person.button(person.words.send.action).dblclick();
    await person.sees(person.words.transfer.titles.completed.out);
    await expectSent('12.30');
  });

  it('again by the way back is the same transfer', async () => {
    await wishAndCheck();
    await person.press(person.words.send.action);
    await person.sees(person.words.transfer.titles.completed.out);
    const receipt = person.path;
    await person.comeTo(() => person.page.goBack());
    expect(await person.heading()).toBe(person.words.send.checkTitle);
    await person.press(person.words.send.action);
    expect(person.path).toBe(receipt);
    await person.comeTo(() => person.page.reload());
    expect(person.path).toBe(receipt);
    await expectSent('12.30');
  });

  it('from two tabs at once is one transfer', async () => {
    await wishAndCheck();
    const other = await person.newTab();
    await other.open(person.path);
    await Promise.all([person, other].map((tab) => tab.press(tab.words.send.action)));
    await eventually(() => expect(other.path).toBe(person.path));
    await Promise.all([person, other].map((tab) => tab.sees(tab.words.transfer.titles.completed.out)));
    await expectSent('12.30');
  });

  it('with other details says that nothing was done, and the next one is a transfer of its own', async () => {
    await wishAndCheck();
    const check = person.path;
    await person.press(person.words.send.action);
    await person.sees(person.words.transfer.titles.completed.out);
    await person.open(check);
    await person.follow(person.words.send.change);
    await wishTransfer(person, { ...wish, amount: '20' });
    await person.press(person.words.send.action);
    await person.sees(person.words.form.problem, person.words.form.sentTwice);
    await expectSent('12.30');
    expect(await person.field(person.words.send.amount).inputValue()).toBe('20');
    await person.press(person.words.send.next);
    await person.press(person.words.send.action);
    await person.sees(person.words.transfer.titles.completed.out);
    await expectSent('20.00', '12.30');
  });

  it('that opens an account opens one', async () => {
    const { words } = person;
    await person.open('/accounts/new');
    await person.choose(words.openAccount.currency, 'USD');
    await person.type({ [words.accounts.name]: 'Travel' });
    await person.button(words.openAccount.action).dblclick();
    await person.sees(words.flash.accountOpened);
    const { body } = await anna.get('/accounts');
    expect(body.data.map(({ currency }: Account) => currency).sort()).toEqual(['EUR', 'USD']);
  });

  describe('when the session ended while somebody typed', () => {
    async function comeBack(): Promise<void> {
      const { body } = await anna.get('/me');
      await anna.send('DELETE', '/sessions/current');
      await person.press(person.words.send.next);
      await person.sees(person.words.signIn.interrupted);
      await signInHere(person, body.email);
      await person.sees(person.words.flash.draftRestored);
      anna = await signIn(system.url, body.email, 'a secret for tests only');
    }

    it('loses nothing, sends nothing, and says so', async () => {
      const { send } = person.words;
      await person.open('/send');
      await person.type({ [send.to]: wish.to, [send.amount]: '1 2,30' });
      await referenceField(person).fill('Ужин <b>"с Борисом"</b>');
      await comeBack();
      expect(await person.heading()).toBe(send.title);
      expect(await person.field(send.to).inputValue()).toBe(wish.to);
      expect(await person.field(send.amount).inputValue()).toBe('1 2,30');
      expect(await referenceField(person).inputValue()).toBe('Ужин <b>"с Борисом"</b>');
      await expectSent();
    });

    it('goes on to one transfer', async () => {
      const { send, transfer } = person.words;
      await person.open('/send');
      await person.type({ [send.to]: wish.to, [send.amount]: wish.amount });
      await comeBack();
      await person.press(send.next);
      await person.press(send.action);
      await person.sees(transfer.titles.completed.out);
      await expectSent('12.30');
    });
  });
});
