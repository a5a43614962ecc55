import type { PartitionPosition } from '../consumer/partition-position.js';

interface Pending {
  readonly endOffset: number;
  isDone: boolean;
}

/** Work on one partition that finishes in any order: the offset advances only over what is done without a gap. */
export class OffsetSequence {
  private readonly pending: Pending[] = [];

  constructor(private readonly position: PartitionPosition) {}

  /** @returns to be called when the message is done. */
  begin(endOffset: number): () => void {
    const entry: Pending = { endOffset, isDone: false };
    this.pending.push(entry);
    return () => {
      entry.isDone = true;
      while (this.pending[0]?.isDone) this.position.advanceTo(this.pending.shift()!.endOffset);
    };
  }
}
