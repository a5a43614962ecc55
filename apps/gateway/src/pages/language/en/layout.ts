export const layout = {
  bank: 'Kopeck',
  personal: 'Yours',
  skip: 'Skip to the page',
  navigation: 'Main',
  places: {
    notifications: 'Notifications',
    profile: 'Profile',
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
  sentAgain: 'It is sent again.',
  testSent: 'The test is on its way. Here you see what becomes of it.',
  preferencesSaved: 'Your preferences are saved.',
  codeSent: 'We sent a code of six digits to this number.',
  phoneConfirmed: 'The telephone number is confirmed.',
  phoneForgotten: 'The telephone number is forgotten. Nothing goes there any more.',
  telegramForgotten: 'The Telegram chat is forgotten. Nothing goes there any more.',
  sessionEnded: 'That device is signed out.',
  sessionGone: 'That device was signed out already.',
  signedOutEverywhere: 'You are signed out on every device.',
  webhookChanged: 'The webhook is changed.',
  webhookEnabled: 'The webhook is on.',
  webhookDisabled: 'The webhook is off. What happens meanwhile is not sent there.',
  webhookDeleted: 'The webhook is deleted. Nothing goes there any more.',
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
