import { isISO8601 } from 'class-validator';
import fc from 'fast-check';
import { isInstant } from './instant.js';
import { INSTANT } from './patterns.js';

describe('isInstant', () => {
  it.each([
    '2026-10-01T12:00:00Z',
    '2026-10-01T12:00:00.123456789Z',
    '2024-02-29T23:59:59.999Z',
    '0001-01-01T00:00:00Z',
  ])('takes %s', (value) => expect(isInstant(value)).toBe(true));

  it.each([
    '2026-02-29T12:00:00Z',
    '2026-04-31T12:00:00Z',
    '2026-13-01T12:00:00Z',
    '2026-10-00T12:00:00Z',
    '2026-10-01T24:00:00Z',
    '2026-10-01T12:60:00Z',
    '2026-10-01T12:00:60Z',
    '2026-10-01T12:00:00+02:00',
    '2026-10-01',
    '0000-01-01T00:00:00Z',
    '',
    1790000000000,
    null,
    undefined,
  ])('refuses %s', (value) => expect(isInstant(value)).toBe(false));

  it('says the same as ISO 8601 with a strict calendar and the pattern', () => {
    const between = (min: number, max: number, digits: number) =>
      fc.integer({ min, max }).map((number) => number.toString().padStart(digits, '0'));
    const upTo = (max: number) => between(0, max, 2);
    // Before the year 100, validator takes 1 January 0001 for one of 1901.
    const year = between(100, 9999, 4);
    const moment = fc
      .tuple(year, upTo(13), upTo(32), upTo(23), upTo(61), upTo(61))
      .map(
        ([inYear, month, day, hour, minute, second]) =>
          `${inYear}-${month}-${day}T${hour}:${minute}:${second}Z`,
      );
    fc.assert(
      fc.property(moment, (value) => {
        expect(isInstant(value)).toBe(INSTANT.test(value) && isISO8601(value, { strict: true }));
      }),
      { numRuns: 2_000 },
    );
  });
});
