const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Whether it's worth going by memory. Where replicas post to the same accounts, what one remembers is outdated by the other,
 * and each attempt that fails costs a batch: so each failure pauses for twice as long as the last one, and successes make up for it.
 */
export class Trust {
  private pauseMs = FIRST_PAUSE_MS;
  private sinceMs = -Infinity;

  /** @param elapsedMs milliseconds since some moment, never set back. */
  constructor(private readonly elapsedMs: () => number = () => performance.now()) {}

  get isGiven(): boolean {
    return this.elapsedMs() >= this.sinceMs;
  }

  lose(): void {
    this.sinceMs = this.elapsedMs() + this.pauseMs;
    this.pauseMs = Math.min(2 * this.pauseMs, LONGEST_PAUSE_MS);
  }

  justify(): void {
    this.pauseMs = Math.max(this.pauseMs / 2, FIRST_PAUSE_MS);
  }
}
