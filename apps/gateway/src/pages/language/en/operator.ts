import type { AccountStatus, SystemAccountKind } from '@kopeck/contracts';
import type { ServiceStatus } from '../../../services/service-board.js';

/** What operators read on more than one page, and about services. */
export const operator = {
  show: 'Show',
  reason: 'Reason',
  reasonWrong: 'Give a reason in one line of 3 to 200 characters.',
  services: {
    title: 'Services',
    service: 'Service',
    status: 'Status',
    version: 'Version',
    lag: 'Waiting messages',
    replicas: 'Replicas',
    unknown: 'not known',
    noReplica: 'none heard',
    statuses: { up: 'Up', degraded: 'Degraded', down: 'Down' } satisfies Record<ServiceStatus, string>,
    allUp: 'All services are up.',
    areDown: (names: string) => `Down: ${names}.`,
    areDegraded: (names: string) => `Degraded: ${names}.`,
    asOf: 'As of',
    since: (moment: string) => `since ${moment}`,
    heard: (ago: string) => `heard ${ago}`,
    away: 'The bank does not answer for the moment. What you see is from before; we go on asking.',
    explanation:
      'Every instance says every 4 seconds that it is there; one that is silent for 12 seconds counts as down. Waiting messages are those on Kafka that the service has not handled yet.',
  },
};

export const operatorAccounts = {
  title: 'Accounts',
  account: 'Account',
  number: 'Account number',
  numberHint: 'Such as QP68 KPCK 0000 1234 5678. Spaces do not matter.',
  numberWrong:
    'Check the account number: it begins with QP and has 20 characters, and one of them is mistyped.',
  numberUnknown: 'There is no account with this number. Ask the customer for it again.',
  find: 'Find the account',
  status: 'Status',
  statuses: { active: 'Active', frozen: 'Frozen' } satisfies Record<AccountStatus, string>,
  statusReason: 'Reason of the status',
  holder: 'Holder',
  bankKinds: {
    cash: 'The bank: cash',
    fx_position: 'The bank: currency position',
    revenue: 'The bank: revenue',
    rounding: 'The bank: rounding',
  } satisfies Record<SystemAccountKind, string>,
  currency: 'Currency',
  openedAt: 'Opened',
  id: 'Id',
  freeze: {
    title: 'Freeze this account',
    explanation:
      'Nothing leaves a frozen account and nothing enters it. The owner is told, with your reason.',
    action: 'Freeze',
  },
  unfreeze: {
    title: 'Let this account work again',
    explanation: 'From then on money can leave it and enter it. The owner is told, with your reason.',
    action: 'Unfreeze',
  },
  reasonHint: 'Kept with the account; its owner reads it.',
  lastEntries: 'Last entries',
  entriesAway: 'The entries cannot be read for the moment. Open the page again soon.',
  noEntries: 'Nothing has been posted to this account yet.',
  postedAt: 'Posted',
  what: 'What',
  amount: 'Amount',
  balanceAfter: 'Balance after it',
};

export const operatorDeposits = {
  title: 'Cash deposit',
  lead: 'Book cash that a customer handed over. You see whose account it is before anything is booked.',
  amount: 'Amount',
  amountHint: 'In the currency of the account.',
  reference: 'Reference',
  referenceHint: 'The customer reads it in the account’s history.',
  referenceWrong: 'Write the reference in one line of at most 140 characters.',
  toCheck: 'Go on to check',
  check: 'Check the deposit',
  holderAway: 'The holder’s name cannot be read for the moment. Compare the account number before you book.',
  banksAccount: 'This is one of the bank’s own accounts, not a customer’s.',
  frozen: 'This account is frozen: it takes no money. Let it work again first, or choose another account.',
  book: 'Book the deposit',
  change: 'Change something',
};
