import type { Account } from '../bank-client.js';
import { wishTransfer } from './customer.js';
import type { Person } from './person.js';

/** What there must be before all pages can be looked at. */
export interface Bank {
  readonly euros: Account;
  readonly roubles: Account;
  readonly frozen: Account;
  readonly boriss: Account;
  /** Ids of transfers: one that arrived, one that was refused, money over the counter, a conversion. */
  readonly sent: string;
  readonly refused: string;
  readonly deposited: string;
  readonly converted: string;
}

export type Visitor = 'nobody' | 'customer' | 'newcomer' | 'operator';

/** A page in one of its states. */
export interface Place {
  readonly name: string;
  readonly visitor: Visitor;
  readonly status?: number;
  /** The address; or how one gets there, where that takes more. */
  readonly at: string | ((person: Person) => Promise<void>);
}

const NO_ID = '22222222-2222-4222-8222-222222222222';

/** Every page there is, empty and full, right and with faults: walked by all who look at pages one by one. */
export function placesOf(bank: Bank): readonly Place[] {
  return [...openPlaces(), ...customersPlaces(bank), ...newcomersPlaces()];
}

function openPlaces(): readonly Place[] {
  return [
    { name: 'sign in', visitor: 'nobody', at: '/sign-in' },
    { name: 'sign in, on the way to a page', visitor: 'nobody', at: '/send' },
    {
      name: 'sign in, with faults',
      visitor: 'nobody',
      at: async (person) => {
        await person.open('/sign-in');
        await person.press(person.words.signIn.action);
      },
    },
    { name: 'sign up', visitor: 'nobody', at: '/sign-up' },
    {
      name: 'sign up, with faults',
      visitor: 'nobody',
      at: async (person) => {
        await person.open('/sign-up');
        await person.press(person.words.signUp.action);
      },
    },
    { name: 'no such page', visitor: 'nobody', status: 404, at: '/nowhere' },
  ];
}

function customersPlaces(bank: Bank): readonly Place[] {
  const own = (name: string, at: Place['at'], status?: number): Place => ({
    name,
    visitor: 'customer',
    at,
    ...(status !== undefined && { status }),
  });
  return [
    own('overview', '/'),
    own('overview, in another currency', '/?in=JPY'),
    own('accounts', '/accounts'),
    own('an account', `/accounts/${bank.euros.id}`),
    own('an account, over a year', `/accounts/${bank.euros.id}?chart=1y`),
    own('an account, filtered', `/accounts/${bank.euros.id}?search=lunch&direction=out`),
    own('an account, filtered to nothing', `/accounts/${bank.euros.id}?search=nothing+like+it`),
    own('an account, with a wrong filter', `/accounts/${bank.euros.id}?from=2026-13-99`, 422),
    own('a frozen account', `/accounts/${bank.frozen.id}`),
    own('open an account', '/accounts/new'),
    own('open an account, with faults', async (person) => {
      await person.open('/accounts/new');
      await person.press(person.words.openAccount.action);
    }),
    own('send', '/send'),
    own('send, with faults', async (person) => {
      await person.open('/send');
      await person.press(person.words.send.next);
    }),
    own('send, checked', async (person) => {
      await person.open('/send');
      const { euros, boriss } = bank;
      await wishTransfer(person, { from: euros.name, to: boriss.number, amount: '1', reference: 'lunch' });
    }),
    own('a transfer that arrived', `/transfers/${bank.sent}`),
    own('a transfer that was refused', `/transfers/${bank.refused}`),
    own('money over the counter', `/transfers/${bank.deposited}`),
    own('a conversion that was made', `/transfers/${bank.converted}`),
    own('somebody else’s page', `/transfers/${NO_ID}`, 404),
  ];
}

function newcomersPlaces(): readonly Place[] {
  const empty = (name: string, at: string): Place => ({ name: `${name}, empty`, visitor: 'newcomer', at });
  return [empty('overview', '/'), empty('accounts', '/accounts'), empty('send', '/send')];
}
