import { Logger } from '@nestjs/common';
import type { Channel, Readiness } from '../channels/channel.js';
import type { AttemptDeliveries } from './attempt-deliveries.service.js';
import type { ClaimedDelivery, DeliveryRepository } from './delivery.repository.js';
import { Lanes, TAKES_MORE_BELOW, type LaneItem } from './lanes.js';

type Ready = Extract<Readiness, { kind: 'ready' }>;

interface Item extends LaneItem {
  readonly delivery: ClaimedDelivery;
  readonly ready: Ready;
}

export interface PumpLimits {
  readonly attemptTimeoutMs: number;
  /** Longer than a try with its turn in the queue may take. */
  readonly claimMs: number;
}

/** Claimed and not running, for each that may run: enough to go on at once when one is done. */
const HELD_PER_RUNNING = 5;
const MAX_AT_A_TIME = 200;
/** What waits for something, or for its lane, is looked at again after this long. */
const LATER_MS = 15_000;
const BUSY_MS = 500;
/** After this long without what it waits for, a delivery has no target. */
const WAIT_FOR_TARGET_MS = 24 * 3_600_000;
/** A stop lets tries under way end for so long; those that don't are tried again, under the same id. */
const FINISH_WITHIN_MS = 4_000;

/**
 * Sends what is due over one channel. Woken by hints, and by a look once a second; claims some, looks their targets up,
 * lets as many run as may, and goes on until nothing is due. Never throws: what goes wrong is tried again by the next turn.
 */
export class ChannelPump {
  private readonly log = new Logger(ChannelPump.name);
  private readonly lanes: Lanes<Item>;
  private readonly attempts = new Set<Promise<void>>();
  private readonly stopping = new AbortController();
  private isStopped = false;
  private turning: Promise<void> | undefined;
  private isWokenAgain = false;

  constructor(
    private readonly channel: Channel,
    private readonly deliveries: DeliveryRepository,
    private readonly attempting: AttemptDeliveries,
    private readonly limits: PumpLimits,
  ) {
    this.lanes = new Lanes(channel.atOnce, channel.atOncePerLane);
  }

  /** Something may be due. Returns at once. */
  wake(): void {
    if (this.isStopped) return;
    if (this.turning) {
      this.isWokenAgain = true;
      return;
    }
    this.turning = this.turn().finally(() => {
      this.turning = undefined;
      if (!this.isWokenAgain) return;
      this.isWokenAgain = false;
      this.wake();
    });
  }

  /** Gives back what waits, and lets tries under way end for a while. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.turning;
    await this.quietly(this.giveBack(this.lanes.clear(), 0));
    const timer = setTimeout(() => this.stopping.abort(), FINISH_WITHIN_MS);
    await Promise.all(this.attempts);
    clearTimeout(timer);
  }

  private async turn(): Promise<void> {
    try {
      while (!this.isStopped && (await this.takeSome()));
    } catch (error) {
      this.log.warn(`Deliveries by ${this.channel.name} wait: ${(error as Error).message}`);
    }
  }

  /** @returns whether there may be more. */
  private async takeSome(): Promise<boolean> {
    const { channel, limits } = this;
    const limit = Math.min(channel.atOnce * HELD_PER_RUNNING - this.lanes.held, MAX_AT_A_TIME);
    if (limit <= 0) return false;
    const claimed = await this.deliveries.claim({
      channel: channel.name,
      limit,
      claimMs: limits.claimMs,
      perEndpoint: TAKES_MORE_BELOW,
      busyEndpoints: this.lanes.busyEndpoints(),
    });
    if (claimed.length === 0) return false;
    try {
      await this.sort(claimed);
    } catch (error) {
      await this.quietly(this.deliveries.postpone(claimed, BUSY_MS));
      throw error;
    }
    this.begin();
    return true;
  }

  private async sort(claimed: readonly ClaimedDelivery[]): Promise<void> {
    const { missing } = this.channel;
    if (missing !== null)
      return this.attempting.drop(
        this.channel,
        claimed,
        claimed.map(() => missing),
      );
    const readiness = await this.channel.prepare(claimed);
    const gone: [ClaimedDelivery, string][] = [];
    const later: ClaimedDelivery[] = [];
    const busy: ClaimedDelivery[] = [];
    for (const delivery of claimed) {
      const found = readiness.get(delivery.deliveryId) ?? NOWHERE;
      if (found.kind === 'gone') gone.push([delivery, found.reason]);
      else if (found.kind === 'ready') {
        const item = { delivery, ready: found, lane: found.lane, endpointId: delivery.endpointId };
        if (!this.lanes.enter(item)) busy.push(delivery);
      } else if (isTooOld(delivery)) gone.push([delivery, 'nobody knows the address after a day']);
      else later.push(delivery);
    }
    await this.deliveries.postpone(later, LATER_MS);
    await this.deliveries.postpone(busy, BUSY_MS);
    await this.attempting.drop(
      this.channel,
      gone.map(([delivery]) => delivery),
      gone.map(([, reason]) => reason),
    );
  }

  private begin(): void {
    const late: Item[] = [];
    for (const item of this.lanes.begin()) {
      const isInTime = item.delivery.claimedUntil.getTime() - Date.now() > this.limits.attemptTimeoutMs;
      if (isInTime && !this.isStopped) this.run(item);
      else late.push(item);
    }
    if (late.length === 0) return;
    for (const item of late) this.lanes.leave(item);
    void this.quietly(this.giveBack(late, 0));
  }

  private run(item: Item): void {
    const attempt = this.attempting
      .attempt(this.channel, item.delivery, item.ready, this.stopping.signal)
      .catch((error: unknown) => this.log.warn(`A try stays unwritten: ${(error as Error).message}`))
      .finally(() => {
        this.attempts.delete(attempt);
        this.lanes.leave(item);
        this.begin();
        this.wake();
      });
    this.attempts.add(attempt);
  }

  private giveBack(items: readonly Item[], pauseMs: number): Promise<void> {
    return this.deliveries.postpone(
      items.map(({ delivery }) => delivery),
      pauseMs,
    );
  }

  /** What isn't given back now comes back when its claim ends. */
  private async quietly(work: Promise<void>): Promise<void> {
    await work.catch((error: unknown) =>
      this.log.warn(`Claims end by themselves: ${(error as Error).message}`),
    );
  }
}

const NOWHERE: Readiness = { kind: 'later' };

function isTooOld({ createdAt }: ClaimedDelivery): boolean {
  return Date.now() - createdAt.getTime() > WAIT_FOR_TARGET_MS;
}
