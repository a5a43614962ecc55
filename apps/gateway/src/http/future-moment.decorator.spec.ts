import { validateSync } from 'class-validator';
import { FutureMoment } from './future-moment.decorator.js';

const DAY_MS = 86_400_000;
const YEAR_DAYS = 366;

class Until {
  @FutureMoment({ maxDays: YEAR_DAYS, description: 'Until when.' })
  until: unknown;
}

function isTaken(until: unknown): boolean {
  return validateSync(Object.assign(new Until(), { until })).length === 0;
}

describe('a moment to come', () => {
  const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

  it('is taken up to its limit', () => {
    expect([inMs(60_000), inMs(DAY_MS), inMs(YEAR_DAYS * DAY_MS - 60_000)].map(isTaken)).toEqual([
      true,
      true,
      true,
    ]);
  });

  it('is none in the past, beyond the limit or off the calendar', () => {
    // One of the two Februaries is within the limit, whatever day it is.
    const years = [0, 1].map((later) => new Date().getUTCFullYear() + later);
    const februaries = years.map((year) => `${year}-02-30T00:00:00Z`);
    const none = [inMs(-1_000), inMs((YEAR_DAYS + 1) * DAY_MS), ...februaries, '2999-01-01T00:00:00Z'];
    for (const text of [...none, '', 'tomorrow', inMs(DAY_MS).slice(0, 10), Date.now() + DAY_MS, null])
      expect([text, isTaken(text)]).toEqual([text, false]);
  });

  it('says in words what it takes', () => {
    const [fault] = validateSync(Object.assign(new Until(), { until: 'never' }));
    expect(Object.values(fault!.constraints!)[0]).toMatch(
      /^until must be a moment in UTC within the next 366 days, such as 2\d{3}-/,
    );
  });
});
