import fc from 'fast-check';
import { afterQuietHours, isQuiet } from './quiet-hours.js';
import { isTimeZone, minuteOfDayIn, nextFullHour, nextTimeOfDay } from './wall-clock.js';

const MINUTE_MS = 60_000;
const ZONES = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
const NIGHT = { from: '22:00', to: '07:00' };

const at = (text: string) => new Date(text);
const zone = fc.constantFrom(...ZONES);
const moment = fc
  .integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2037, 11, 31) })
  .map((ms) => new Date(ms));
const timeOfDay = fc
  .integer({ min: 0, max: 1_439 })
  .map(
    (minute) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`,
  );
const quietHours = fc.record({ from: timeOfDay, to: timeOfDay }).filter(({ from, to }) => from !== to);

/** Moments around the days on which clocks are changed, where everything that can go wrong does. */
const nearAChange = fc
  .tuple(
    fc.constantFrom(
      ['Europe/Berlin', '2026-03-29T01:00:00Z'],
      ['Europe/Berlin', '2026-10-25T01:00:00Z'],
      ['America/New_York', '2026-03-08T07:00:00Z'],
      ['America/New_York', '2026-11-01T06:00:00Z'],
      ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
      ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
      ['Asia/Beirut', '2026-03-28T22:00:00Z'],
      ['Africa/Casablanca', '2026-02-15T02:00:00Z'],
      ['Pacific/Apia', '2011-12-30T10:00:00Z'],
      ['Europe/Moscow', '2014-10-25T22:00:00Z'],
    ) as fc.Arbitrary<[string, string]>,
    fc.integer({ min: -1_500, max: 200 }),
  )
  .map(([[timeZone, change], minutes]) => ({
    timeZone,
    now: new Date(at(change).getTime() + minutes * MINUTE_MS),
  }));
const anyTime = fc.oneof(nearAChange, fc.record({ timeZone: zone, now: moment }));

describe('quiet hours', () => {
  it.each([
    ['in the evening', '2026-11-26T20:30:00Z', '2026-11-27T04:00:00Z'],
    ['after midnight', '2026-11-27T01:15:30Z', '2026-11-27T04:00:00Z'],
    ['at their first minute', '2026-11-26T19:00:00Z', '2026-11-27T04:00:00Z'],
    ['in their last second', '2026-11-27T03:59:59Z', '2026-11-27T04:00:00Z'],
  ])('over midnight hold back what is due %s', (_when, now, end) => {
    expect(afterQuietHours(NIGHT, 'Europe/Moscow', at(now))).toEqual(at(end));
  });

  it.each(['2026-11-26T18:59:59Z', '2026-11-27T04:00:00Z', '2026-11-27T12:00:00Z'])(
    'let through what is due at %s',
    (now) => expect(afterQuietHours(NIGHT, 'Europe/Moscow', at(now))).toEqual(at(now)),
  );

  it('of nobody hold back nothing', () => {
    expect(afterQuietHours(null, 'Europe/Moscow', at('2026-11-26T23:00:00Z'))).toEqual(
      at('2026-11-26T23:00:00Z'),
    );
  });

  it('end when clocks are put forward over their end', () => {
    const quiet = { from: '23:00', to: '02:30' };
    // 02:00 becomes 03:00.
    expect(afterQuietHours(quiet, 'Europe/Berlin', at('2026-03-29T00:30:00Z'))).toEqual(
      at('2026-03-29T01:00:00Z'),
    );
  });

  it('end when clocks are put back to a time before them', () => {
    const quiet = { from: '02:30', to: '01:45' };
    // 03:00 becomes 02:00.
    expect(afterQuietHours(quiet, 'Europe/Berlin', at('2026-10-25T00:40:00Z'))).toEqual(
      at('2026-10-25T01:00:00Z'),
    );
  });

  it('last an hour longer in the night in which clocks are put back', () => {
    // 07:00 is 06:00 of summer, which is over.
    expect(afterQuietHours(NIGHT, 'Europe/Berlin', at('2026-10-24T21:00:00Z'))).toEqual(
      at('2026-10-25T06:00:00Z'),
    );
  });

  it('end in the first whole minute that is not quiet, never before now, anywhere and in any night', () => {
    fc.assert(
      fc.property(anyTime, quietHours, ({ timeZone, now }, quiet) => {
        const end = afterQuietHours(quiet, timeZone, now);
        expect(end.getTime()).toBeGreaterThanOrEqual(now.getTime());
        expect(isQuiet(quiet, timeZone, end)).toBe(false);
        if (end.getTime() === now.getTime()) return;
        expect(end.getTime() % MINUTE_MS).toBe(0);
        for (let ms = now.getTime(); ms < end.getTime(); ms += MINUTE_MS) {
          if (!isQuiet(quiet, timeZone, new Date(ms)))
            throw new Error(`not quiet at ${new Date(ms).toISOString()}`);
        }
      }),
      { numRuns: 200 },
    );
  }, 60_000);
});

describe('the next time of day', () => {
  it('is later than now, within some more than a day, and shows what was asked', () => {
    fc.assert(
      fc.property(zone, moment, fc.integer({ min: 300, max: 1_300 }), (timeZone, now, minute) => {
        const next = nextTimeOfDay(timeZone, minute, now);
        expect(next.getTime()).toBeGreaterThan(now.getTime());
        expect(next.getTime() - now.getTime()).toBeLessThanOrEqual((24 + 3) * 60 * MINUTE_MS);
        expect(minuteOfDayIn(timeZone, next)).toBe(minute);
      }),
      { numRuns: 2_000 },
    );
  });

  it('of nine in the morning follows the summer', () => {
    expect(nextTimeOfDay('Europe/Berlin', 540, at('2026-03-28T12:00:00Z'))).toEqual(
      at('2026-03-29T07:00:00Z'),
    );
    expect(nextTimeOfDay('Europe/Berlin', 540, at('2026-10-24T12:00:00Z'))).toEqual(
      at('2026-10-25T08:00:00Z'),
    );
    expect(nextTimeOfDay('UTC', 540, at('2026-11-26T09:00:00Z'))).toEqual(at('2026-11-27T09:00:00Z'));
  });

  it('of a full hour is that of the clock there', () => {
    expect(nextFullHour('UTC', at('2026-11-26T23:59:59Z'))).toEqual(at('2026-11-27T00:00:00Z'));
    expect(nextFullHour('UTC', at('2026-11-26T10:00:00Z'))).toEqual(at('2026-11-26T11:00:00Z'));
    expect(nextFullHour('Asia/Kolkata', at('2026-11-26T10:10:00Z'))).toEqual(at('2026-11-26T10:30:00Z'));
  });
});

it('time zones are those with a name', () => {
  for (const name of ['UTC', 'Europe/Moscow', 'Asia/Kolkata']) expect(isTimeZone(name)).toBe(true);
  for (const name of ['', 'Mars/Base', '+03:00', '../etc', 'Europe/Moscow '])
    expect(isTimeZone(name)).toBe(false);
});
