/** Between two readings this process's own clock goes on; so long can't make a millisecond's difference. */
const READING_LASTS_MS = 1_000;
/** What was given out is not taken back for less; more means that the database's clock was set. */
const MAX_STEP_BACK_MS = 1_000;

/**
 * The database's clock, one for all replicas, also without asking: the last reading and the time that has passed since.
 * A reading was taken before it arrived, so this clock is late by as much as the answer took, and never early. So an
 * account's entries, whoever posted them, are in the order of their times: who hasn't posted the last one has to read the
 * account again, and the clock with it.
 */
export class DatabaseClock {
  private readMs = 0;
  private readAtMs = -Infinity;
  private givenMs = -Infinity;

  /** @param elapsedMs milliseconds since some moment, never set back. */
  constructor(private readonly elapsedMs: () => number = () => performance.now()) {}

  /** Takes note of a reading that has just arrived. @returns it in RFC 3339, or what was given last if that is later. */
  read(now: Date): string {
    this.readMs = now.getTime();
    this.readAtMs = this.elapsedMs();
    return this.give(this.readMs);
  }

  /** RFC 3339 with milliseconds; undefined when the last reading is too old. */
  now(): string | undefined {
    const sinceMs = this.elapsedMs() - this.readAtMs;
    return sinceMs <= READING_LASTS_MS ? this.give(this.readMs + Math.floor(sinceMs)) : undefined;
  }

  private give(nowMs: number): string {
    const isStepBack = nowMs < this.givenMs && this.givenMs - nowMs <= MAX_STEP_BACK_MS;
    this.givenMs = isStepBack ? this.givenMs : nowMs;
    return new Date(this.givenMs).toISOString();
  }
}
