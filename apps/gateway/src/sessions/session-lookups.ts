import { setImmediate as endOfTurn } from 'node:timers/promises';

interface Lookup {
  readonly tokenHashes: Set<string>;
  readonly leave: () => void;
  readonly stored: Promise<ReadonlyMap<string, string>>;
}

/**
 * Collects who is asked for in a turn of the event loop, and while a lookup is under way: one question to Redis then
 * answers them all. What a request waits for is the lookup under way and its own; a full one waits for nothing.
 */
export class SessionLookups {
  private collecting: Lookup | undefined;
  private underWay: Promise<unknown> = Promise.resolve();

  /** @param look asks for many at once, and says what is stored of each that is there; @param most how many. */
  constructor(
    private readonly look: (tokenHashes: string[]) => Promise<ReadonlyMap<string, string>>,
    private readonly most: number,
  ) {}

  /**
   * @returns the session as it's stored: one that can't be read is the trouble of who asked for it.
   * @throws what `look` throws, to all who were collected for it.
   */
  async find(tokenHash: string): Promise<string | undefined> {
    const lookup = (this.collecting ??= this.begin());
    lookup.tokenHashes.add(tokenHash);
    if (lookup.tokenHashes.size >= this.most) this.leave(lookup);
    return (await lookup.stored).get(tokenHash);
  }

  private leave(lookup: Lookup): void {
    if (this.collecting === lookup) this.collecting = undefined;
    lookup.leave();
  }

  private begin(): Lookup {
    const tokenHashes = new Set<string>();
    let leave!: () => void;
    const left = new Promise<void>((resolve) => (leave = resolve));
    const stored = left.then(() => this.look([...tokenHashes]));
    const lookup: Lookup = { tokenHashes, leave, stored };
    void Promise.all([endOfTurn(), this.underWay]).then(() => this.leave(lookup));
    this.underWay = stored.catch(() => undefined);
    return lookup;
  }
}
