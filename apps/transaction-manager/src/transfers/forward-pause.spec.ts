import fc from 'fast-check';
import { forwardPauseMs } from './forward-pause.js';

describe('the pause before a command is sent again', () => {
  it('doubles each time, up to a minute', () => {
    const pauses = [1, 2, 3, 4, 5, 60].map((count) => forwardPauseMs(count, 5_000, 0.5));
    expect(pauses).toEqual([10_000, 20_000, 40_000, 60_000, 60_000, 60_000]);
  });

  it('is spread by a fifth, and fits the register whatever the count', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2 ** 31 - 1 }),
        fc.integer({ min: 500, max: 3_600_000 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (count, followUpAfterMs, random) => {
          const pause = forwardPauseMs(count, followUpAfterMs, random);
          expect(Number.isInteger(pause)).toBe(true);
          expect(pause).toBeGreaterThanOrEqual(400);
          expect(pause).toBeLessThanOrEqual(72_000);
        },
      ),
    );
  });
});
