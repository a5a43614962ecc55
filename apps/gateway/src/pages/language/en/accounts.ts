import { plural } from '../plurals.js';

export const movement = {
  what: 'What',
  amount: 'Amount',
  balance: 'Balance',
  kinds: {
    transfer: { in: 'Received', out: 'Sent', own: 'Between your accounts' },
    cash_deposit: {
      in: 'Paid in at the counter',
      out: 'Paid in at the counter',
      own: 'Paid in at the counter',
    },
    conversion: { in: 'Converted', out: 'Converted', own: 'Converted' },
  },
  from: (number: string) => `from ${number}`,
  to: (number: string) => `to ${number}`,
};

export const chart = {
  numbers: 'The same in numbers',
};

export const dashboard = {
  title: 'Overview',
  total: 'All your money',
  totalIn: 'In which currency',
  atRates: (source: string, day: string, age: string) =>
    `At the middle rates of ${source} for ${day}, confirmed ${age}.`,
  snapshot: 'These are rates of the shipped snapshot: real once, not current.',
  without: (currencies: string) => `Without ${currencies}: there is no rate for it.`,
  noTotal:
    'There is no total for the moment, because there are no current rates. Your balances below are right.',
  accounts: 'Accounts',
  recent: 'Latest',
  noRecent: 'What was sent and received is not to be had for the moment. Your balances are right.',
  nothingYet: 'Nothing has moved yet',
  nothingYetText: 'What you send and receive will stand here.',
  pending: 'On its way',
  pendingText: 'Not decided yet. Nothing has to be sent again; this page updates by itself.',
};

export const accounts = {
  title: 'Accounts',
  none: 'You have no account yet',
  noneText: 'Open one: it takes a name and a currency.',
  open: 'Open an account',
  frozen: 'Frozen',
  frozenText: (reason: string) => `This account is frozen: ${reason}. Nothing can leave it. Ask the bank.`,
  available: 'Available',
  number: 'Number',
  openedAt: 'Open since',
  send: 'Send money',
  convert: 'Convert',
  rename: 'Rename',
  name: 'Name',
  nameHint: 'Yours alone to see.',
  nameWrong: 'Enter a name in one line of at most 60 characters.',
  renameAction: 'Save the name',
  renamedMeanwhile: 'The account was changed in the meantime. Look at its present name, and save again.',
  chart: 'Balance',
  chartPeriods: { '7d': '7 days', '30d': '30 days', '1y': '1 year' },
  chartText: (from: string, to: string, least: string, most: string) =>
    `It was ${from} at the beginning and is ${to} now; the least was ${least}, the most ${most}.`,
  noChart: 'The chart is not to be had for the moment.',
  time: 'Time',
  history: 'History',
  search: 'Words or a number',
  from: 'From',
  until: 'Until',
  direction: 'Direction',
  directions: { all: 'In and out', in: 'In', out: 'Out' },
  filter: 'Show',
  clear: 'Show everything',
  csv: 'Download as CSV',
  nothingFound: 'Nothing fits',
  nothingFoundText: 'No movement is within these dates and has these words.',
  untilBeforeFrom: 'Enter a day that is not before the first one.',
  dayWrong: 'Enter a day such as 2026-09-30.',
  movements: (count: number, shown: string) =>
    plural('en', count, { one: `${shown} movement on this page`, other: `${shown} movements on this page` }),
};

export const openAccount = {
  title: 'Open an account',
  currency: 'Currency',
  action: 'Open it',
  tooMany: 'You have as many accounts as one customer may have. Use one of those.',
  currencyWrong: 'Choose one of the currencies.',
};
