import type { RefusalReason } from '@kopeck/contracts';

/** Why a transfer ended without moving money, and what to do. That nothing moved is said before it. */
const refusals: Record<RefusalReason, string> = {
  insufficient_funds: 'The account has less than this amount. Send less, or put money in first.',
  account_not_found: 'There is no such account of yours. Choose one of your accounts.',
  recipient_not_found: 'There is no account with this number. Ask the recipient for it.',
  account_frozen: 'Your account is frozen. Nothing can leave it; ask the bank why.',
  recipient_frozen: "The recipient's account cannot take money now. Ask them for another one.",
  currency_mismatch:
    'The recipient’s account is in another currency. Convert and send in one step, or choose another account.',
  same_account: 'An account cannot send to itself. Choose another recipient.',
  limit_exceeded: 'The amount is above the limit of one transfer. Send less.',
  balance_overflow: "The recipient's account cannot hold this much. Send less.",
  quote_expired: 'The price had expired before it was used. Ask for a new one.',
  quote_used: 'This price was used before. Ask for a new one.',
};

export const transfer = {
  statuses: { pending: 'On its way', completed: 'Done', failed: 'Not done' },
  titles: {
    pending: 'On its way',
    completed: { in: 'Received', out: 'Sent', own: 'Moved', conversion: 'Converted' },
    failed: 'Not sent',
  },
  noMoneyMoved: 'No money moved.',
  refusals,
  available: (amount: string) => `You have ${amount} available. Enter ${amount} or less.`,
  pendingText:
    "We don't know yet whether this went through. Don't send it again; this page updates by itself.",
  amount: 'Amount',
  arrives: 'What arrives',
  from: 'From',
  to: 'To',
  yours: (name: string, number: string) => `${name}, ${number}`,
  reference: 'Reference',
  requestedAt: 'Asked for',
  settledAt: 'Settled',
  id: 'Transfer number',
  rate: 'Rate',
  margin: 'Bank’s margin',
  source: 'Source of the rate',
  steps: 'Step by step',
  noSteps: 'The steps are not to be had for the moment.',
  stepNames: {
    requested: 'Asked for',
    accepted: 'Accepted',
    forwarded: 'Passed on to the ledger',
    reforwarded: 'Passed on again',
    completed: 'Settled',
    refused: 'Refused',
  },
  print: 'Print the receipt',
  again: 'Send another',
  tryAgain: 'Try again',
  toAccount: 'To the account',
  receipt: 'Receipt',
};
