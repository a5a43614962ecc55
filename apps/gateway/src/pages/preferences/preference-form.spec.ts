import {
  CHANNELS,
  DEFAULT_CHANNELS,
  NOTIFICATION_CATEGORIES,
  NOTIFICATION_TYPES,
  OFFERED_CURRENCIES,
  RATE_DIGESTS,
  type ChannelMatrix,
  type PreferencesView,
} from '@kopeck/contracts';
import fc from 'fast-check';
import { WORDS } from '../language/catalogues.js';
import { Formats } from '../language/formats.js';
import { readPreferences, typedOf } from './preference-form.js';
import { preferencesOf } from './preference.samples.js';

const visit = { words: WORDS.en, formats: new Formats('en', 'UTC') };
const saved = preferencesOf();

const isSecurity = (type: string) => (NOTIFICATION_CATEGORIES.security as readonly string[]).includes(type);

const times = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));

const anyPreferences: fc.Arbitrary<PreferencesView> = fc.record({
  revision: fc.nat().map(String),
  language: fc.constantFrom('en' as const, 'ru' as const),
  timeZone: fc.constantFrom(...Intl.supportedValuesOf('timeZone'), 'UTC', 'Etc/GMT-3'),
  quietHours: fc.option(fc.record({ from: times, to: times }).filter(({ from, to }) => from !== to)),
  channels: fc.record(
    Object.fromEntries(
      NOTIFICATION_TYPES.map((type) => [
        type,
        fc.subarray([...CHANNELS], { minLength: isSecurity(type) ? 1 : 0 }),
      ]),
    ),
  ) as unknown as fc.Arbitrary<ChannelMatrix>,
  rateDigest: fc.constantFrom(...RATE_DIGESTS),
  rateCurrencies: fc.subarray([...OFFERED_CURRENCIES]),
  minimumAmounts: fc
    .subarray([...OFFERED_CURRENCIES])
    .chain((currencies) =>
      fc.tuple(
        ...currencies.map((currency) =>
          fc
            .bigInt({ min: 1n, max: 999_999_999_999_999n })
            .map((amountMinor) => ({ currency: currency as string, amountMinor: String(amountMinor) })),
        ),
      ),
    ),
});

describe('the form of preferences', () => {
  it('sent as it was shown changes nothing, for customers and operators', () => {
    fc.assert(
      fc.property(anyPreferences, fc.constantFrom('customer' as const, 'operator' as const), (view, role) => {
        const { revision: _revision, ...chosen } = view;
        expect(readPreferences(typedOf(view), view, role, visit)).toEqual({ change: chosen });
      }),
    );
  });

  it('never says nonsense, whatever is sent: a change that holds, or faults at fields', () => {
    const fields = Object.keys(typedOf(preferencesOf()));
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...fields), fc.string()), (typed) => {
        const read = readPreferences(typed, saved, 'customer', visit);
        if ('faults' in read) expect(read.faults.every(({ text }) => text.length > 0)).toBe(true);
        else expect(read.change.channels.sign_in.length).toBeGreaterThan(0);
      }),
    );
  });

  const faultsOf = (typed: Record<string, string>, without: string[] = []) => {
    const all: Record<string, string> = { ...typedOf(saved), ...typed };
    for (const name of without) delete all[name];
    const read = readPreferences(all, saved, 'customer', visit);
    return 'faults' in read ? read.faults : [];
  };

  it('wants a place for security news', () => {
    const boxes = DEFAULT_CHANNELS.sign_in.map((channel) => `on.sign_in.${channel}`);
    expect(faultsOf({}, boxes)).toEqual([
      { field: 'on.sign_in.in_app', text: 'Choose at least one place for “New sign-in”.' },
    ]);
  });

  it('wants times that are some, and not the same', () => {
    expect(faultsOf({ quietFrom: 'late', quietTo: '25' }).map(({ field }) => field)).toEqual([
      'quietFrom',
      'quietTo',
    ]);
    expect(faultsOf({ quietFrom: '7', quietTo: '07:00' })).toEqual([
      { field: 'quietTo', text: expect.stringContaining('two different times') },
    ]);
    expect(faultsOf({ quietFrom: 'late' }, ['quiet'])).toEqual([]);
  });

  it('takes amounts as people type them, and names the currency of those it can’t', () => {
    expect(faultsOf({ 'minimum.EUR': '1 234,56', 'minimum.USD': '0', 'minimum.JPY': '' })).toEqual([]);
    const faults = faultsOf({ 'minimum.EUR': '1,234', 'minimum.USD': 'much', 'minimum.JPY': '1.5' });
    expect(faults.map(({ field, text }) => [field, text.slice(0, 5)])).toEqual([
      ['minimum.USD', 'USD: '],
      ['minimum.EUR', 'EUR: '],
      ['minimum.JPY', 'JPY: '],
    ]);
  });

  it('leaves an amount alone that could be read in two ways, where nobody touched it', () => {
    const view = preferencesOf({ minimumAmounts: [{ currency: 'KWD', amountMinor: '12500' }] });
    expect(readPreferences(typedOf(view), view, 'customer', visit)).toMatchObject({
      change: { minimumAmounts: [{ currency: 'KWD', amountMinor: '12500' }] },
    });
  });

  it('takes no time zone, language or rhythm that isn’t offered', () => {
    const faults = faultsOf({ timeZone: 'Moon/Crater', language: 'fr', rateDigest: 'never' });
    expect(faults.map(({ field }) => field)).toEqual(['timeZone', 'rateDigest', 'language']);
  });
});
