import { DatabaseClock } from './database-clock.js';

describe('DatabaseClock', () => {
  let elapsedMs: number;
  let clock: DatabaseClock;

  beforeEach(() => {
    elapsedMs = 5_000.7;
    clock = new DatabaseClock(() => elapsedMs);
  });

  it('knows no time before it has read one', () => {
    expect(clock.now()).toBeUndefined();
  });

  it('goes on from the last reading for a second', () => {
    expect(clock.read(new Date('2026-10-01T12:00:00.250Z'))).toBe('2026-10-01T12:00:00.250Z');
    elapsedMs += 30.9;
    expect(clock.now()).toBe('2026-10-01T12:00:00.280Z');
    elapsedMs += 969;
    expect(clock.now()).toBe('2026-10-01T12:00:01.249Z');
    elapsedMs += 1;
    expect(clock.now()).toBeUndefined();
  });

  it('takes nothing back that it has given', () => {
    clock.read(new Date('2026-10-01T12:00:00.000Z'));
    elapsedMs += 40;
    expect(clock.now()).toBe('2026-10-01T12:00:00.040Z');
    // This reading took longer to arrive than the last one.
    expect(clock.read(new Date('2026-10-01T12:00:00.037Z'))).toBe('2026-10-01T12:00:00.040Z');
    elapsedMs += 2;
    expect(clock.now()).toBe('2026-10-01T12:00:00.040Z');
    elapsedMs += 2;
    expect(clock.now()).toBe('2026-10-01T12:00:00.041Z');
  });

  it('follows a clock that was set back', () => {
    clock.read(new Date('2026-10-01T12:00:00.000Z'));
    expect(clock.read(new Date('2026-10-01T11:00:00.000Z'))).toBe('2026-10-01T11:00:00.000Z');
  });
});
