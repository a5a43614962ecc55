import fc from 'fast-check';
import { instantOfLocal, localOfInstant } from './local-moment.js';

const ZONES = [
  'UTC',
  'Europe/Moscow',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
];
const minute = fc
  .integer({ min: Date.parse('2020-01-01') / 60_000, max: Date.parse('2035-01-01') / 60_000 })
  .map((minutes) => minutes * 60_000);

describe('a moment on the wall clock of a time zone', () => {
  it('is the moment at which the clock shows it, the first of two', () => {
    fc.assert(
      fc.property(minute, fc.constantFrom(...ZONES), (ms, zone) => {
        const local = localOfInstant(ms, zone);
        const found = Date.parse(instantOfLocal(local, zone)!);
        expect(localOfInstant(found, zone)).toBe(local);
        // Clocks are set back by an hour at most: the second time it shows the same is not later than that.
        expect(ms - found === 0 || (ms - found > 0 && ms - found <= 3_600_000)).toBe(true);
      }),
    );
  });

  it('is none where the clock never shows it', () => {
    expect(instantOfLocal('2026-03-29T02:30', 'Europe/Berlin')).toBeUndefined();
    expect(instantOfLocal('2026-03-29T03:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
  });

  it('is the first one where the clock shows it twice', () => {
    expect(instantOfLocal('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('is taken with seconds, a blank and blanks around', () => {
    for (const typed of ['2026-11-27T18:00', '2026-11-27T18:00:00', ' 2026-11-27 18:00 '])
      expect(instantOfLocal(typed, 'Europe/Moscow')).toBe('2026-11-27T15:00:00.000Z');
  });

  it.each(['', 'tomorrow', '2026-02-30T10:00', '2026-13-01T10:00', '2026-01-01T25:00', '2026-01-01'])(
    '%j is none',
    (typed) => expect(instantOfLocal(typed, 'UTC')).toBeUndefined(),
  );
});
