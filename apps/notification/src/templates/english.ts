import type { RateSource, RefusalReason } from '@kopeck/contracts';
import { MAX_NAMED, wordIn, type Book, type Saying } from './book.js';
import type { Facts } from './facts.js';

const IF_NOT_YOU = 'If it was not you, end all sessions on your profile page and tell the bank.';

export const ENGLISH: Book = {
  transfer_sent: sent,
  transfer_received: (facts) => ({
    title: `Received ${facts.amount()}`,
    text:
      (facts.text('kind') === 'cash_deposit'
        ? `${facts.amount()} in cash was paid into your account ${facts.text('account')}.`
        : `${facts.amount()} arrived in your account ${facts.text('account')} from account ${facts.text('counterparty')}.`) +
      referenceOf(facts),
  }),
  transfer_refused: (facts) => ({
    title: `Not done: transfer of ${facts.amount()}`,
    text: `${wordIn(REASONS, facts.text('reason'), 'It was refused.')} No money has moved.`,
  }),
  conversion_completed: (facts) => ({
    title: `Converted ${facts.amount()} to ${facts.amount('boughtMinor', 'boughtCurrency')}`,
    text: `You sold ${facts.amount()} and got ${facts.amount('boughtMinor', 'boughtCurrency')}${soldAt(facts)}.`,
  }),
  rate_alert: alert,
  rate_change: (facts) => (facts.has('isDigest') ? digest(facts) : change(facts)),
  order_triggered: (facts) => ({
    title: `Your order is being carried out: ${facts.amount('sellMinor', 'sellCurrency')}`,
    text: `The rate you waited for is reached. We are converting ${facts.amount('sellMinor', 'sellCurrency')} into ${facts.amount('buyMinor', 'buyCurrency')}, at ${facts.rate()}.`,
  }),
  order_expired: (facts) => ({
    title: `Your order has ended: ${facts.amount('sellMinor', 'sellCurrency')}`,
    text: `${pairOf(facts, 'sellCurrency', 'buyCurrency')} did not reach ${facts.rate('targetRate')} in time. No money has moved.`,
  }),
  account_opened: (facts) => ({
    title: `Your ${facts.text('currency')} account ${facts.text('account')} is open`,
    text: 'You can send and receive money with it now.',
  }),
  account_frozen: (facts) => ({
    title: `Your ${facts.text('currency')} account ${facts.text('account')} is frozen`,
    text: 'It can neither send nor take money for now. Ask the bank if you do not know why.',
  }),
  account_unfrozen: (facts) => ({
    title: `Your ${facts.text('currency')} account ${facts.text('account')} is free again`,
    text: 'It can send and take money as before.',
  }),
  sign_in: (facts) => ({
    title: 'New sign-in',
    text: `Somebody signed in as you: ${facts.text('device') || 'unknown device'}, ${facts.moment()}. ${IF_NOT_YOU}`,
  }),
  sessions_ended: (facts) => ({
    title: 'All your sessions were ended',
    text: `You were signed out everywhere, ${facts.moment()}. ${IF_NOT_YOU}`,
  }),
  channel_changed: channelChanged,
  announcement: (facts) => ({
    title: facts.text('titleEn') || facts.text('titleRu'),
    text: facts.text('textEn') || facts.text('textRu'),
  }),
  feed_problem: (facts) => ({
    title: `Trouble with the rates of ${sourceOf(facts)}`,
    text: `${facts.text('problem')}. What is in force stays until it is too old.`,
  }),
  test: () => ({ title: 'A test message', text: 'You asked for it. This channel works.' }),
};

const REASONS: Readonly<Record<RefusalReason, string>> = {
  insufficient_funds: 'There is not enough money in your account.',
  account_not_found: 'There is no such account to send from.',
  recipient_not_found: 'There is no account with the number you gave.',
  account_frozen: 'Your account is frozen.',
  recipient_frozen: "The recipient's account cannot take money.",
  currency_mismatch: "The recipient's account is in another currency.",
  same_account: 'Both accounts are the same.',
  limit_exceeded: 'It is over the limit of one transfer.',
  balance_overflow: "The recipient's account cannot hold this much.",
  quote_expired: 'The rate you were promised has expired: ask for a new one.',
  quote_used: 'The rate you were promised was used before: ask for a new one.',
};

const SOURCES: Readonly<Record<RateSource, string>> = { 'bank-of-russia': 'Bank of Russia', ecb: 'ECB' };

const CHANNELS: Readonly<Record<string, string>> = {
  email: 'E-mail',
  telegram: 'Telegram',
  sms: 'SMS',
  webhook: 'Webhook',
};

/** Said by whoever changes a contact; a word that isn't here is told as "changed". */
const ACTIONS: Readonly<Record<string, string>> = {
  linked: 'linked',
  confirmed: 'number confirmed',
  removed: 'removed',
  created: 'added',
  secret_rotated: 'new secret',
  disabled_gone: 'switched off, because the address says that it is gone for good',
  disabled_failing: 'switched off, because messages kept failing',
};

const PLURAL = new Intl.PluralRules('en');

function sent(facts: Facts): Saying {
  if (facts.has('isInternal')) {
    return {
      title: `Moved ${facts.amount()} between your accounts`,
      text: `From account ${facts.text('account')} to account ${facts.text('counterparty')}.${referenceOf(facts)}`,
    };
  }
  const bought = facts.has('boughtMinor')
    ? ` They got ${facts.amount('boughtMinor', 'boughtCurrency')}${soldAt(facts)}.`
    : '';
  return {
    title: `Sent ${facts.amount()} to account ${facts.text('counterparty')}`,
    text: `${facts.amount()} left your account ${facts.text('account')}.${bought}${referenceOf(facts)}`,
  };
}

function channelChanged(facts: Facts): Saying {
  const channel = wordIn(CHANNELS, facts.text('channel'), facts.text('channel'));
  // What the bank does by itself was nobody else.
  const advice = facts.text('action').startsWith('disabled') ? '' : ` ${IF_NOT_YOU}`;
  return {
    title: `Where we reach you has changed: ${channel}`,
    text: `${channel}: ${wordIn(ACTIONS, facts.text('action'), 'changed')}.${advice}`,
  };
}

function alert(facts: Facts): Saying {
  const pair = pairOf(facts, 'base', 'quote');
  const asked: Readonly<Record<string, string>> = {
    at_or_above: `You asked to be told at ${facts.rate('target')} or above.`,
    at_or_below: `You asked to be told at ${facts.rate('target')} or below.`,
    moves_by: `You asked to be told when it moves by ${facts.rate('percent')}%; it was ${facts.rate('startRate')}.`,
  };
  return {
    title: `${pair} is at ${facts.rate()}`,
    text: `${priceOf(facts, 'rate')}. ${wordIn(asked, facts.text('kind'), '')}`,
  };
}

function change(facts: Facts): Saying {
  const base = facts.text('base');
  const origin = `Source: ${sourceOf(facts)}, ${facts.day()}.`;
  if (!facts.has('newRate')) return { title: `${base} has no rate any more`, text: origin };
  const before = facts.has('oldRate') ? `, before ${facts.rate('oldRate')} (${facts.percent()})` : '';
  return {
    title: `${base} costs ${facts.rate('newRate')} ${facts.text('quote')}`,
    text: `${priceOf(facts, 'newRate')}${before}. ${origin}`,
  };
}

function digest(facts: Facts): Saying {
  const changes = facts.list('changes');
  const noun = PLURAL.select(changes.length) === 'one' ? 'rate has' : 'rates have';
  const more = changes.length > MAX_NAMED ? `; and ${changes.length - MAX_NAMED} more` : '';
  return {
    title: `${changes.length} ${noun} changed`,
    text: `${changes.slice(0, MAX_NAMED).map(named).join('; ')}${more}.`,
  };
}

function named(facts: Facts): string {
  const percent = facts.has('percent') ? ` (${facts.percent()})` : '';
  return `${facts.text('base')} ${facts.rate('oldRate')} → ${facts.rate('newRate')} ${facts.text('quote')}${percent}`;
}

function priceOf(facts: Facts, rate: string): string {
  return `1 ${facts.text('base')} = ${facts.rate(rate)} ${facts.text('quote')}`;
}

function soldAt(facts: Facts): string {
  return facts.has('rate') ? `, at ${facts.rate()}` : '';
}

function pairOf(facts: Facts, base: string, quote: string): string {
  return `${facts.text(base)}/${facts.text(quote)}`;
}

function sourceOf(facts: Facts): string {
  return wordIn(SOURCES, facts.text('source'), facts.text('source'));
}

function referenceOf(facts: Facts): string {
  return facts.has('reference') ? ` Reference: “${facts.reference()}”.` : '';
}
