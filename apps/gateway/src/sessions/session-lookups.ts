import type { Session } from './session.js';

interface Lookup {
  readonly tokenHashes: Set<string>;
  readonly sessions: Promise<ReadonlyMap<string, Session>>;
}

/**
 * Collects who is asked for in a turn of the event loop, and while a lookup is under way: one question to Redis then
 * answers them all. What a request waits for is the lookup under way and its own.
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
    if (lookup.tokenHashes.size >= this.most) this.collecting = undefined;
    return (await lookup.sessions).get(tokenHash);
  }

  private begin(): Lookup {
    const tokenHashes = new Set<string>();
    const sessions = Promise.all([endOfTurn(), this.underWay]).then(() => {
      if (this.collecting?.tokenHashes === tokenHashes) this.collecting = undefined;
      return this.look([...tokenHashes]);
    });
    this.underWay = sessions.catch(() => undefined);
    return { tokenHashes, sessions };
  }
}

function endOfTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
