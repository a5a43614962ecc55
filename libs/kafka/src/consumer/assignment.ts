import { PartitionPosition } from './partition-position.js';

/** Partitions by topic, as a group hands them out. */
export type MemberAssignment = Readonly<Record<string, readonly number[]>>;

/** The partitions that this process owns now. */
export class Assignment {
  private positions = new Map<string, PartitionPosition>();

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
        const position = known ?? new PartitionPosition(topic, partition);
        (known ? kept : added).push(position);
        this.positions.set(id, position);
        before.delete(id);
      }
    }
    for (const gone of before.values()) gone.isOwned = false;
    return { kept, added };
  }

  find(topic: string, partition: number): PartitionPosition | undefined {
    return this.positions.get(idOf(topic, partition));
  }

  all(): PartitionPosition[] {
    return [...this.positions.values()];
  }
}

function idOf(topic: string, partition: number): string {
  return `${topic}/${partition}`;
}
