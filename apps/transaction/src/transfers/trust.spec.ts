import { Trust } from './trust.js';

describe('Trust', () => {
  let elapsedMs: number;
  let trust: Trust;

  beforeEach(() => {
    elapsedMs = 0;
    trust = new Trust(() => elapsedMs);
  });

  /** How long it pauses when it is lost now. */
  function pauseMs(): number {
    const lostMs = elapsedMs;
    trust.lose();
    while (!trust.isGiven) elapsedMs += 50;
    return elapsedMs - lostMs;
  }

  it('is given at first', () => {
    expect(trust.isGiven).toBe(true);
  });

  it('pauses for twice as long each time that it is lost, up to half a minute', () => {
    expect(Array.from({ length: 11 }, pauseMs)).toEqual([
      100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000, 30_000,
    ]);
  });

  it('is won again by what goes well', () => {
    const lost = Array.from({ length: 4 }, pauseMs);
    for (let success = 0; success < 3; success++) trust.justify();
    expect([...lost, pauseMs(), pauseMs()]).toEqual([100, 200, 400, 800, 200, 400]);
    for (let success = 0; success < 9; success++) trust.justify();
    expect(pauseMs()).toBe(100);
  });
});
