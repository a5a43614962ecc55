import type { Words } from '../../../apps/gateway/src/pages/language/words.js';
import { wishTransfer } from './customer.js';
import type { Bank } from './filled-bank.js';
import type { Person } from './person.js';

export type Visitor = 'nobody' | 'customer' | 'newcomer' | 'operator';

/** A page in one of its states. */
export interface Place {
  readonly name: string;
  readonly visitor: Visitor;
  /** The address; or how one gets there, where that takes more. */
  readonly at: string | ((person: Person) => Promise<void>);
  /** Of an address that is not answered 200. */
  readonly status?: number;
}

type Way = Place['at'];

const NO_ID = '22222222-2222-4222-8222-222222222222';

/**
 * Every page there is, empty and full, right and with faults: walked by all who look at pages one by one.
 *
 * @param bank is asked for when somebody goes there; the places' names are known before there is one.
 */
export function placesOf(bank: () => Bank): readonly Place[] {
  return [
    ...places('nobody', openPages()),
    ...places('customer', moneyPages(bank)),
    ...places('customer', personalPages(bank)),
    ...places('newcomer', emptyPages()),
    ...places('operator', operatorPages(bank)),
  ];
}

/** The visitor's pages by what they show; a number behind an address is its status. */
function places(visitor: Visitor, ways: Readonly<Record<string, Way | readonly [Way, number]>>): Place[] {
  return Object.entries(ways).map(([name, way]) => {
    const [at, status] = (Array.isArray(way) ? way : [way, 200]) as [Way, number];
    return { name: `${visitor}: ${name}`, visitor, at, status };
  });
}

/** A form that is sent as it stands comes back with what is wrong. */
function sentEmpty(path: string, actionOf: (words: Words) => string): Way {
  return async (person) => {
    await person.open(path);
    await person.press(actionOf(person.words));
    expect(await person.text()).toContain(person.words.form.problem);
  };
}

/** An address with ids, which are known by the time somebody goes there. */
function to(pathOf: () => string): Way {
  return async (person) => {
    expect(await person.open(pathOf())).toBe(200);
  };
}

function openPages() {
  return {
    'sign in': '/sign-in',
    'sign in, on the way to a page': '/send',
    'sign in, with faults': sentEmpty('/sign-in', ({ signIn }) => signIn.action),
    'sign up': '/sign-up',
    'sign up, with faults': sentEmpty('/sign-up', ({ signUp }) => signUp.action),
    rates: '/rates',
    'rates of one pair': '/rates/EUR/RUB',
    'no such page': ['/nowhere', 404],
  } as const;
}

function moneyPages(bank: () => Bank) {
  const account = (query = '') => to(() => `/accounts/${bank().euros.id}${query}`);
  const transfer = (id: 'sent' | 'refused' | 'deposited' | 'converted') =>
    to(() => `/transfers/${bank()[id]}`);
  return {
    overview: '/',
    'overview in another currency': '/?in=JPY',
    accounts: '/accounts',
    account: account(),
    'account over a year': account('?chart=1y'),
    'account, filtered': account('?search=lunch&direction=out'),
    'account, filtered to nothing': account('?search=nothing+like+it'),
    'account, with a wrong day': async (person: Person) => {
      expect(await person.open(`/accounts/${bank().euros.id}?from=2026-13-99`)).toBe(422);
    },
    'frozen account': to(() => `/accounts/${bank().frozen.id}`),
    'open an account': '/accounts/new',
    'open an account, with faults': sentEmpty('/accounts/new', ({ openAccount }) => openAccount.action),
    send: '/send',
    'send, with faults': sentEmpty('/send', ({ send: form }) => form.next),
    'send, to be checked': async (person: Person) => {
      const { euros, boriss } = bank();
      await person.open('/send');
      await wishTransfer(person, { from: euros.name, to: boriss.number, amount: '1', reference: 'lunch' });
      expect(await person.heading()).toBe(person.words.send.checkTitle);
    },
    'transfer that arrived': transfer('sent'),
    'transfer that was refused': transfer('refused'),
    'money over the counter': transfer('deposited'),
    'conversion that was made': transfer('converted'),
    'somebody else’s transfer': [`/transfers/${NO_ID}`, 404],
    convert: '/convert',
    'convert, with faults': sentEmpty('/convert', ({ convert }) => convert.next),
    'price to convert at': async (person: Person) => {
      const { convert } = person.words;
      await person.open('/convert');
      await person.choose(convert.from, bank().euros.name);
      await person.choose(convert.to, bank().roubles.name);
      await person.type({ [convert.amount]: '5' });
      await person.press(convert.next);
      expect(await person.heading()).toBe(convert.quoteTitle);
    },
    rates: '/rates',
    'rates of one pair': '/rates/EUR/RUB',
    'rates of one pair, with faults': sentEmpty('/rates/EUR/RUB', ({ rates }) => rates.alertAction),
  } as const;
}

function personalPages(bank: () => Bank) {
  const webhook = (rest = '') => to(() => `/developer/webhooks/${bank().webhook}${rest}`);
  return {
    notifications: '/notifications',
    'unread notifications': '/notifications?unread=1',
    deliveries: '/notifications/deliveries',
    delivery: to(() => `/notifications/deliveries/${bank().delivery}`),
    preferences: '/preferences',
    'preferences, with faults': async (person: Person) => {
      const { preferences } = person.words;
      await person.open('/preferences');
      await person.field(preferences.quiet.on).check();
      await person.type({ [preferences.quiet.from]: 'soon' });
      await person.press(preferences.save);
      expect(await person.text()).toContain(person.words.form.problem);
    },
    telephone: '/preferences/phone',
    telegram: '/preferences/telegram',
    profile: '/profile',
    'for developers': '/developer',
    'new webhook': '/developer/webhooks/new',
    'new webhook, with faults': sentEmpty(
      '/developer/webhooks/new',
      ({ developer }) => developer.form.create,
    ),
    webhook: webhook(),
    'edit a webhook': webhook('/edit'),
    'new secret of a webhook': webhook('/rotate'),
    'delete a webhook': webhook('/delete'),
    'an operator’s page': ['/operator/services', 403],
  } as const;
}

function emptyPages() {
  return {
    overview: '/',
    accounts: '/accounts',
    send: '/send',
    convert: '/convert',
    deliveries: '/notifications/deliveries',
    'for developers': '/developer',
  } as const;
}

function operatorPages(bank: () => Bank) {
  const transaction = (id: 'sent' | 'refused' | 'converted') =>
    to(() => `/operator/transactions/${bank()[id]}`);
  return {
    services: '/operator/services',
    transactions: '/operator/transactions',
    'transactions, filtered to nothing': '/operator/transactions?status=pending&pendingForSeconds=9999',
    'transaction that arrived': transaction('sent'),
    'transaction that was refused': transaction('refused'),
    'transaction with a quote': transaction('converted'),
    'cash deposit': '/operator/cash-deposits',
    'cash deposit, with faults': sentEmpty(
      '/operator/cash-deposits',
      (words) => words.operatorDeposits.toCheck,
    ),
    'cash deposit, to be checked': async (person: Person) => {
      const { operatorAccounts, operatorDeposits } = person.words;
      await person.open('/operator/cash-deposits');
      await person.type({
        [operatorAccounts.number]: bank().roubles.number,
        [operatorDeposits.amount]: '1000',
      });
      await person.press(operatorDeposits.toCheck);
      expect(await person.heading()).toBe(operatorDeposits.check);
    },
    'find an account': '/operator/accounts',
    'find an account, with faults': ['/operator/accounts?number=QP', 422],
    account: to(() => `/operator/accounts/${bank().roubles.id}`),
    'frozen account': to(() => `/operator/accounts/${bank().frozen.id}`),
    'rate feeds': '/operator/rates',
    'rate set by hand': '/operator/rates/overrides',
    'rate set by hand, with faults': sentEmpty(
      '/operator/rates/overrides',
      (words) => words.operatorRates.set,
    ),
    deliveries: '/operator/deliveries',
    delivery: to(() => `/operator/deliveries/${bank().delivery}`),
    notifications: '/notifications',
    profile: '/profile',
    'a customer’s page': ['/send', 403],
  } as const;
}
