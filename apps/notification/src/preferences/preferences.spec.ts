import {
  CHANNELS,
  DEFAULT_CHANNELS,
  NOTIFICATION_TYPES,
  type ChangePreferences,
  type ChannelMatrix,
} from '@kopeck/contracts';
import fc from 'fast-check';
import { chosenOf, defaultPreferences, faultOf, preferencesOf } from './preferences.js';

const CUSTOMER = '3b0f7c52-0b8e-4a44-9d5a-6d0c1c2b3a41';

function change(more: object = {}): ChangePreferences {
  return { ...defaultPreferences('ru'), customerId: CUSTOMER, revision: '0', ...more } as ChangePreferences;
}

function withRow(type: string, row: unknown): ChangePreferences {
  return change({ channels: { ...DEFAULT_CHANNELS, [type]: row } });
}

describe('preferences that nobody chose', () => {
  it('follow the language of the person, English before it is known', () => {
    expect(preferencesOf(null, 'ru')).toMatchObject({ language: 'ru', timeZone: 'Europe/Moscow' });
    expect(preferencesOf(null, 'en')).toMatchObject({ language: 'en', timeZone: 'UTC' });
    expect(preferencesOf(null, null)).toEqual(defaultPreferences('en'));
  });
});

describe('preferences that somebody chose', () => {
  it('hold, whatever the language of the person', () => {
    const chosen = { ...defaultPreferences('en'), timeZone: 'Asia/Tokyo' };
    expect(preferencesOf(chosen, 'ru')).toEqual(chosen);
  });

  it('have the default channels for a type that came later', () => {
    const channels: Partial<ChannelMatrix> = { transfer_sent: [] };
    const chosen = { ...defaultPreferences('en'), channels: channels as ChannelMatrix };
    expect(preferencesOf(chosen, 'en').channels).toEqual({ ...DEFAULT_CHANNELS, transfer_sent: [] });
  });
});

describe('a change', () => {
  it('of the defaults to themselves has no fault', () => expect(faultOf(change())).toBeNull());

  it.each([
    ['a zone that is none', change({ timeZone: 'Mars/Base' }), '/timeZone'],
    ['an offset for a zone', change({ timeZone: '+03:00' }), '/timeZone'],
    ['quiet hours without length', change({ quietHours: { from: '07:00', to: '07:00' } }), '/quietHours/to'],
    ['a type that is none', withRow('birthday', ['email']), '/channels/birthday'],
    ['a type with a slash', withRow('a/b~c', []), '/channels/a~1b~0c'],
    ['a channel that is none', withRow('transfer_sent', ['in_app', 'pigeon']), '/channels/transfer_sent/1'],
    ['a channel twice', withRow('transfer_sent', ['email', 'email']), '/channels/transfer_sent'],
    ['a row that is no list', withRow('transfer_sent', 'email'), '/channels/transfer_sent'],
    ['a missing row', withRow('rate_alert', undefined), '/channels/rate_alert'],
    ['no channel for sign-ins', withRow('sign_in', []), '/channels/sign_in'],
    ['no channel for ended sessions', withRow('sessions_ended', []), '/channels/sessions_ended'],
    ['no channel for changed channels', withRow('channel_changed', []), '/channels/channel_changed'],
  ])('with %s is refused, and told where', (_what, faulty, pointer) => {
    expect(faultOf(faulty)).toMatchObject({ refused: true, code: 'validation_failed', pointer });
  });

  it('of any type but security may leave no channel', () => {
    expect(faultOf(withRow('transfer_sent', []))).toBeNull();
  });

  it('of any matrix without a fault is stored as it was meant, and reads back the same', () => {
    const row = fc.shuffledSubarray([...CHANNELS], { minLength: 1 });
    const matrix = fc.record(Object.fromEntries(NOTIFICATION_TYPES.map((type) => [type, row])));
    fc.assert(
      fc.property(matrix, (channels) => {
        const wanted = change({ channels });
        expect(faultOf(wanted)).toBeNull();
        const read = preferencesOf(JSON.parse(JSON.stringify(chosenOf(wanted))), 'en');
        for (const type of NOTIFICATION_TYPES) {
          expect([...read.channels[type]].sort()).toEqual([...channels[type]!].sort());
        }
        expect(chosenOf({ ...wanted, channels: read.channels })).toEqual(read);
      }),
    );
  });

  it('keeps nothing that came along', () => {
    expect(Object.keys(chosenOf(change({ isOperator: true })))).toEqual(
      Object.keys(defaultPreferences('ru')),
    );
  });
});
