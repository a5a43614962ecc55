import type { Session } from './session.js';

interface Lookup {
  readonly tokenHashes: Set<string>;
  readonly leave: () => void;
  readonly sessions: Promise<ReadonlyMap<string, Session>>;
}

/**
 * Collects who is asked for in a turn of the event loop, and while a lookup is under way: one question to Redis then
 * answers them all. What a request waits for is the lookup under way and its own; a full one waits for nothing.
 */
export class SessionLookups {
  private collecting: Lookup | undefined;
  private underWay: Promise<unknown> = Promise.resolve();

  /** @param look asks for many at once; @param most how many. */
  constructor(
    private readonly look: (tokenHashes: string[]) => Promise<ReadonlyMap<string, Session>>,
    private readonly most: number,
  ) {}

  /** @throws what `look` throws, to all who were collected for it. */
  async find(tokenHash: string): Promise<Session | undefined> {
    const lookup = (this.collecting ??= this.begin());
    lookup.tokenHashes.add(tokenHash);
    if (lookup.tokenHashes.size >= this.most) this.leave(lookup);
    return (await lookup.sessions).get(tokenHash);
  }

  private leave(lookup: Lookup): void {
    if (this.collecting === lookup) this.collecting = undefined;
    lookup.leave();
  }

  private begin(): Lookup {
    const tokenHashes = new Set<string>();
    let leave!: () => void;
    const left = new Promise<void>((resolve) => (leave = resolve));
    const sessions = left.then(() => this.look([...tokenHashes]));
    const lookup: Lookup = { tokenHashes, leave, sessions };
    void Promise.all([endOfTurn(), this.underWay]).then(() => this.leave(lookup));
    this.underWay = sessions.catch(() => undefined);
    return lookup;
  }
}

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
