export const layout = {
  bank: 'Kopeck',
  skip: 'Skip to the page',
  navigation: 'Main',
  places: {
    overview: 'Overview',
    send: 'Send',
    convert: 'Convert',
    accounts: 'Accounts',
    rates: 'Rates',
    services: 'Services',
    transactions: 'Transactions',
    cash: 'Cash',
    deliveries: 'Deliveries',
    signIn: 'Sign in',
  },
  signOut: 'Sign out',
  language: 'Language',
  theme: 'Colours',
  themes: { auto: 'As the device', light: 'Light', dark: 'Dark' },
  apiDocuments: 'API for developers',
};

/** What is said once, on the page after something was done. */
export const flash = {
  accountOpened: 'The account is open.',
  accountRenamed: 'The account has its new name.',
  signedOut: 'You are signed out.',
  signedUp: 'Welcome. Open your first account to begin.',
  alertPlaced: 'We will tell you once, when the rate gets there.',
  alertCancelled: 'The alert is gone.',
  draftRestored: 'You are signed in again. Nothing was sent yet: look at the form, and send it.',
  accountFrozen: 'The account is frozen: nothing leaves it, nothing enters.',
  accountUnfrozen: 'The account works again.',
  ratesAccepted: 'The rates are in force.',
  ratesRejected: 'The rates are dropped; the earlier ones stay in force.',
  overrideSet: 'The rate is set by hand.',
  overrideEnded: 'The source’s own rate counts again.',
  deliveryRetried: 'It is on its way again.',
};

export const money = {
  in: 'Money in:',
  out: 'Money out:',
};

export const form = {
  problem: 'There is a problem',
  errorInTitle: 'Error:',
  optional: '(optional)',
  sentTwice: 'This form was sent before with other details. Nothing was done now. Begin again for a new one.',
  amount: {
    missing: 'Enter an amount.',
    unreadable: (sample: string) => `Enter the amount in digits, such as ${sample}.`,
    ambiguous: (typed: string, large: string) =>
      `${typed} can be read in two ways. Write ${large} without a separator, or leave the decimals away.`,
    too_many_decimals: (currency: string, decimals: number) =>
      decimals === 0
        ? `${currency} has no smaller unit. Enter a whole amount.`
        : `${currency} has ${decimals} decimals. Enter no more than that.`,
    zero: 'Enter an amount above zero.',
    negative: 'Enter the amount without a minus sign.',
    too_large: (largest: string) => `Enter ${largest} or less.`,
  },
};

export const list = {
  pages: 'Pages',
  older: 'Older',
  newest: 'Back to the newest',
};
