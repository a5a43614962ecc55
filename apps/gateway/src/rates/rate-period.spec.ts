import fc from 'fast-check';
import { MAX_RATE_POINTS, RATE_STEPS } from '@kopeck/contracts';
import { isRatePeriod, ratePeriodOf } from './rate-period.js';

const NOW_MS = Date.parse('2026-10-01T12:00:00Z');
const DAY_MS = 86_400_000;

describe('a period of rates', () => {
  it('reads days and moments', () => {
    expect(ratePeriodOf({ from: '2026-09-01', to: '2026-09-30T06:00:00Z', step: 'week' }, NOW_MS)).toEqual({
      from: '2026-09-01T00:00:00.000Z',
      to: '2026-09-30T06:00:00.000Z',
      step: 'week',
    });
  });

  it('ends now and begins thirty days before its end where nobody says', () => {
    const whole = ratePeriodOf({ step: 'day' }, NOW_MS);
    expect(whole).toMatchObject({ from: '2026-09-01T12:00:00.000Z', to: '2026-10-01T12:00:00.000Z' });
    expect(ratePeriodOf({ to: '2026-03-31', step: 'day' }, NOW_MS)).toMatchObject({
      from: '2026-03-01T00:00:00.000Z',
    });
  });

  it('names both ends when both are unreadable', () => {
    const faults = ratePeriodOf({ from: '1', to: '2', step: 'day' }, NOW_MS);
    expect(faults).toMatchObject([{ parameter: 'from' }, { parameter: 'to' }]);
  });

  it('never lets more steps through than fit an answer', () => {
    const stepMs = { hour: DAY_MS / 24, day: DAY_MS, week: 7 * DAY_MS, month: 28 * DAY_MS };
    fc.assert(
      fc.property(fc.constantFrom(...RATE_STEPS), fc.integer({ min: 1, max: 4_000 }), (step, days) => {
        const from = new Date(NOW_MS - days * DAY_MS).toISOString();
        const period = ratePeriodOf({ from, step }, NOW_MS);
        // Steps begin on the clock, so a period may touch one more than it has whole ones.
        const touched = (days * DAY_MS) / stepMs[step] + 1;
        expect(isRatePeriod(period)).toBe(Math.ceil(touched) <= MAX_RATE_POINTS);
      }),
    );
  });
});
