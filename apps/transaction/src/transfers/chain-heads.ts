import type { ChainHead } from './chain.js';

/**
 * The heads this process wrote last. They save a read in each batch and, more important, they fence: what is written
 * from an outdated head isn't taken, and the process learns that it is not the chain's writer any more.
 */
export class ChainHeads {
  private readonly heads = new Map<number, ChainHead>();

  /** The heads of these chains, read where this process doesn't remember one. */
  async of(
    chains: readonly number[],
    read: (missing: number[]) => Promise<ChainHead[]>,
  ): Promise<Map<number, ChainHead>> {
    const wanted = [...new Set(chains)];
    const missing = wanted.filter((chain) => !this.heads.has(chain));
    const found = missing.length > 0 ? await read(missing) : [];
    const remembered = wanted.flatMap((chain) => this.heads.get(chain) ?? []);
    return new Map([...remembered, ...found].map((head) => [head.chain, head]));
  }

  /** The heads of these chains, if this process remembers all of them. */
  known(chains: readonly number[]): Map<number, ChainHead> | undefined {
    const heads = new Map<number, ChainHead>();
    for (const chain of chains) {
      const head = this.heads.get(chain);
      if (!head) return undefined;
      heads.set(chain, head);
    }
    return heads;
  }

  /** Only what is committed. */
  remember(heads: readonly ChainHead[]): void {
    for (const head of heads) this.heads.set(head.chain, head);
  }

  forget(chains: readonly number[]): void {
    for (const chain of chains) this.heads.delete(chain);
  }
}
