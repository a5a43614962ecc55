import { PartitionPosition } from './partition-position.js';

/** Partitions by topic, as a group hands them out. */
export type MemberAssignment = Readonly<Record<string, readonly number[]>>;

/** The partitions that this process owns now. */
export class Assignment {
  private positions = new Map<string, PartitionPosition>();
  private readonly parked = new Map<string, number>();

  /**
   * @param isAlone nobody else belongs to the group: a partition that comes back goes on where this process left it.
   * That happens after a crash, while the group still takes the process's former self for alive.
   */
  constructor(private readonly isAlone = false) {}

  /** What stays keeps its position; what goes is marked, so that its work is dropped. */
  replace(assigned: MemberAssignment): { kept: PartitionPosition[]; added: PartitionPosition[] } {
    const kept: PartitionPosition[] = [];
    const added: PartitionPosition[] = [];
    const before = this.positions;
    this.positions = new Map();
    for (const [topic, partitions] of Object.entries(assigned)) {
      for (const partition of partitions) {
        const id = idOf(topic, partition);
        const known = before.get(id);
        const position = known ?? this.newPosition(topic, partition);
        (known ? kept : added).push(position);
        this.positions.set(id, position);
        before.delete(id);
      }
    }
    for (const [id, gone] of before) {
      gone.isOwned = false;
      if (this.isAlone && gone.done !== undefined) this.parked.set(id, gone.done);
    }
    return { kept, added };
  }

  find(topic: string, partition: number): PartitionPosition | undefined {
    return this.positions.get(idOf(topic, partition));
  }

  all(): PartitionPosition[] {
    return [...this.positions.values()];
  }

  private newPosition(topic: string, partition: number): PartitionPosition {
    const position = new PartitionPosition(topic, partition);
    const parked = this.parked.get(idOf(topic, partition));
    if (parked !== undefined) position.startAt(parked);
    return position;
  }
}

function idOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}
