/** What may wait in one lane; more is given back. Room for what several webhooks of one host bring at once. */
export const LANE_QUEUE = 64;
/** A lane with less than this in its queue takes more work in; so much of one webhook is claimed at a time. */
export const TAKES_MORE_BELOW = 8;
/** More busy webhooks than this are not named to the database: what is claimed for one of them is given back. */
const MAX_BUSY_ENDPOINTS = 1_000;

export interface LaneItem {
  readonly lane: string;
  readonly endpointId: string | null;
}

interface Lane<Item> {
  running: number;
  readonly queue: Item[];
  /** Webhooks whose deliveries come this way. */
  readonly endpoints: Set<string>;
}

/**
 * Who may run: so many at once in all, so many in each lane, a short queue behind each. A lane that is slow fills its own
 * queue and no other.
 */
export class Lanes<Item extends LaneItem> {
  private readonly lanes = new Map<string, Lane<Item>>();
  private running = 0;
  private queued = 0;

  constructor(
    private readonly atOnce: number,
    private readonly atOncePerLane: number,
  ) {}

  /** @returns false when its lane's queue is full: the caller gives it back. */
  enter(item: Item): boolean {
    const lane = this.laneOf(item.lane);
    if (item.endpointId !== null) lane.endpoints.add(item.endpointId);
    if (lane.queue.length >= LANE_QUEUE) return false;
    lane.queue.push(item);
    this.queued++;
    return true;
  }

  /** Those that may begin now; each has to `leave` when it's done. */
  begin(): Item[] {
    const begun: Item[] = [];
    for (const lane of this.lanes.values()) {
      while (lane.queue.length > 0 && lane.running < this.atOncePerLane && this.running < this.atOnce) {
        begun.push(lane.queue.shift()!);
        lane.running++;
        this.running++;
        this.queued--;
      }
    }
    return begun;
  }

  leave({ lane: name }: Item): void {
    const lane = this.lanes.get(name);
    if (!lane) return;
    lane.running--;
    this.running--;
    if (lane.running === 0 && lane.queue.length === 0) this.lanes.delete(name);
  }

  /** All that wait, taken out. */
  clear(): Item[] {
    const waiting = [...this.lanes.values()].flatMap((lane) => lane.queue.splice(0));
    this.queued = 0;
    return waiting;
  }

  get held(): number {
    return this.running + this.queued;
  }

  /** Webhooks that have enough to do. */
  busyEndpoints(): string[] {
    const busy: string[] = [];
    for (const { queue, endpoints } of this.lanes.values()) {
      if (queue.length < TAKES_MORE_BELOW) continue;
      for (const endpoint of endpoints) if (busy.length < MAX_BUSY_ENDPOINTS) busy.push(endpoint);
    }
    return busy;
  }

  private laneOf(name: string): Lane<Item> {
    const known = this.lanes.get(name);
    if (known) return known;
    const lane: Lane<Item> = { running: 0, queue: [], endpoints: new Set() };
    this.lanes.set(name, lane);
    return lane;
  }
}
