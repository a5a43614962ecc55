import { TIME_OF_DAY } from '@kopeck/contracts';
import fc from 'fast-check';
import { readTypedTimeOfDay } from './typed-time-of-day.js';

describe('a time of day as people type it', () => {
  it.each([
    ['22:00', '22:00'],
    ['22.30', '22:30'],
    ['22 30', '22:30'],
    [' 7:05 ', '07:05'],
    ['7', '07:00'],
    ['0730', '07:30'],
    ['0', '00:00'],
    ['23:59', '23:59'],
  ])('%s is %s', (typed, time) => {
    expect(readTypedTimeOfDay(typed)).toBe(time);
  });

  it.each(['', '24:00', '12:60', '7:5', '10 pm', '-1', '1234567', '12:30:00', '730', '１２:00'])(
    '%s is asked for again',
    (typed) => {
      expect(readTypedTimeOfDay(typed)).toBeUndefined();
    },
  );

  it('is the contract’s form or nothing, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const time = readTypedTimeOfDay(typed);
        expect(time === undefined || TIME_OF_DAY.test(time)).toBe(true);
        // What the form shows again is read as the same.
        if (time !== undefined) expect(readTypedTimeOfDay(time)).toBe(time);
      }),
    );
  });
});
