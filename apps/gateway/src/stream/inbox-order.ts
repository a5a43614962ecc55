/** What to do with an item that arrives live: `wait` means that something before it is missing, or still on its way. */
export type Verdict = 'send' | 'drop' | 'wait';

const ORDINAL = /^\d{1,18}$/;

/** The ordinal that a Last-Event-ID names; undefined for what is none of ours. */
export function ordinalOf(lastEventId: string | undefined): bigint | undefined {
  return lastEventId !== undefined && ORDINAL.test(lastEventId) ? BigInt(lastEventId) : undefined;
}

/**
 * Where one connection stands in one inbox. What it lets through rises by one each time: an item that isn't above the
 * last one is dropped, and one that isn't the next shows that something is missing, which a replay brings. Nothing is kept
 * of what has to wait: the replay brings it too.
 */
export class InboxOrder {
  private newest = 0n;
  private newestWhenAsked = 0n;
  private behind: boolean;

  /** @param last what the client has already; undefined: whatever comes first is the beginning. */
  constructor(private last: bigint | undefined) {
    this.behind = last !== undefined;
  }

  /** Whether a replay has to begin, or to go on. */
  get isBehind(): boolean {
    return this.behind;
  }

  live(ordinal: bigint): Verdict {
    if (ordinal > this.newest) this.newest = ordinal;
    if (this.behind) return 'wait';
    if (this.last !== undefined && ordinal <= this.last) return 'drop';
    if (this.last !== undefined && ordinal !== this.last + 1n) {
      this.behind = true;
      return 'wait';
    }
    this.last = ordinal;
    return 'send';
  }

  /** A replay, or its next part, is asked for now. @returns the ordinal after which it begins. */
  ask(): bigint {
    this.newestWhenAsked = this.newest;
    return this.last ?? 0n;
  }

  /**
   * A part of a replay, oldest first; what is missing in it the inbox itself hasn't got.
   *
   * @param lastOrdinal the newest that the inbox had then. Where it's below what the client has, the client speaks of
   * another inbox, such as one before a backup was restored: then this one counts.
   * @returns which of the ordinals to send.
   */
  replayed(ordinals: readonly bigint[], lastOrdinal: bigint): ReadonlySet<bigint> {
    const sent = new Set<bigint>();
    let last = this.last ?? 0n;
    for (const ordinal of ordinals) {
      if (ordinal <= last) continue;
      last = ordinal;
      sent.add(ordinal);
    }
    if (lastOrdinal < last) last = lastOrdinal;
    const target = lastOrdinal > this.newest ? lastOrdinal : this.newest;
    // What was told of before the question and isn't in the answer isn't there: asking again would never end.
    const isFutile = sent.size === 0 && this.newest === this.newestWhenAsked;
    this.last = isFutile && last < target ? target : last;
    this.behind = this.last < target;
    return sent;
  }
}
