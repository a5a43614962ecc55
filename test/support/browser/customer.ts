import { randomUUID } from 'node:crypto';
import { PASSWORD, type BankClient } from '../bank-client.js';
import type { Person } from './person.js';

/** The session's cookie where there is no TLS. */
const SESSION_COOKIE = 'kopeck';

export interface TransferWish {
  /** Name of the account it leaves. */
  readonly from: string;
  /** Number of the account it goes to. */
  readonly to: string;
  /** As somebody types it. */
  readonly amount: string;
  readonly reference?: string;
}

/** Signs up through the pages. @returns the e-mail address. */
export async function becomeCustomer(person: Person, name: string): Promise<string> {
  const { words } = person;
  const email = `${randomUUID()}@example.com`;
  await person.open('/sign-up');
  await person.type({
    [words.signUp.name]: name,
    [words.signIn.email]: email,
    [words.signIn.password]: PASSWORD,
  });
  await person.press(words.signUp.action);
  return email;
}

/** Fills in the form on the page that is shown. */
export async function signInHere(person: Person, email: string, password = PASSWORD): Promise<void> {
  const { words } = person;
  await person.type({ [words.signIn.email]: email, [words.signIn.password]: password });
  await person.press(words.signIn.action);
}

/** With a session that was begun elsewhere, for tests of what comes after signing in. */
export async function comeSignedIn(person: Person, client: BankClient): Promise<void> {
  const cookie = { name: SESSION_COOKIE, value: client.token ?? '', url: person.url };
  await person.context.addCookies([{ ...cookie, httpOnly: true, sameSite: 'Lax' }]);
}

/** The token of the session that a browser has. */
export async function sessionOf(person: Person): Promise<string | undefined> {
  const cookies = await person.context.cookies(person.url);
  return cookies.find(({ name }) => name === SESSION_COOKIE)?.value;
}

/** @returns the account's address. */
export async function openAccount(person: Person, currency: string, name: string): Promise<string> {
  const { words } = person;
  await person.open('/accounts/new');
  await person.choose(words.openAccount.currency, currency);
  await person.type({ [words.accounts.name]: name });
  await person.press(words.openAccount.action);
  await person.sees(words.flash.accountOpened);
  return person.path;
}

/** Fills in the form that is shown, and goes on to the page that checks it, or back with what is wrong. */
export async function wishTransfer(person: Person, wish: TransferWish): Promise<void> {
  const { send } = person.words;
  await person.choose(send.from, wish.from);
  await person.type({ [send.to]: wish.to, [send.amount]: wish.amount });
  if (wish.reference !== undefined) await referenceField(person).fill(wish.reference);
  await person.press(send.next);
}

export function referenceField(person: Person) {
  return person.field(`${person.words.send.reference} ${person.words.form.optional}`);
}
