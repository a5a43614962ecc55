/**
 * How far one owned partition is read, handled and committed. Offsets are safe integers: at a million messages a second
 * they would last for 285 years.
 */
export class PartitionPosition {
  /** The next offset to take in; undefined until something was. */
  received: number | undefined;
  /** Everything below is handled, and what it produced is acknowledged. */
  done: number | undefined;
  committed: number | undefined;
  /** False once the group gave the partition to somebody else: its work is dropped and its offset never committed. */
  isOwned = true;

  constructor(
    readonly topic: string,
    readonly partition: number,
  ) {}

  /** Begins at a chosen offset instead of the committed one. */
  startAt(offset: number): void {
    this.received = offset;
    this.done = offset;
  }

  advanceTo(offset: number): void {
    if (this.done === undefined || offset > this.done) this.done = offset;
  }

  get isDirty(): boolean {
    return this.isOwned && this.done !== undefined && this.done !== this.committed;
  }
}
