import { DEFAULT_CHANNELS, type ContactsView, type PreferencesView } from '@kopeck/contracts';

/** Preferences of somebody who chose a little, for tests. */
export function preferencesOf(facts: Partial<PreferencesView> = {}): PreferencesView {
  return {
    revision: '3',
    language: 'en',
    timeZone: 'Europe/Moscow',
    quietHours: { from: '22:00', to: '07:30' },
    channels: DEFAULT_CHANNELS,
    rateDigest: 'hourly',
    rateCurrencies: ['USD', 'EUR'],
    minimumAmounts: [{ currency: 'RUB', amountMinor: '50000' }],
    ...facts,
  };
}

/** Somebody who is reached by e-mail and Telegram, and whose number waits for its code. */
export function contactsOf(facts: Partial<ContactsView> = {}): ContactsView {
  return {
    email: 'anna@example.com',
    telegram: { isOffered: true, linkedAt: '2026-03-01T09:30:00.000Z', chatName: '@anna' },
    sms: { isOffered: true, phone: '+7•••67', confirmedAt: null },
    webhookCount: 2,
    ...facts,
  };
}
