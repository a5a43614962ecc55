import type { OutsideChannel } from '@kopeck/contracts';
import { Sweep } from '@kopeck/service';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Channel } from '../channels/channel.js';
import { CHANNELS } from '../channels/channels.js';
import { AttemptDeliveries } from './attempt-deliveries.service.js';
import { ChannelPump } from './channel-pump.js';
import { DeliveryRepository } from './delivery.repository.js';
import { DeliverySettings } from './delivery.settings.js';

/** Hints get lost, and tries fall due: so often each channel is looked at anyway. */
const SWEEP_EVERY_MS = 1_000;
/** A claim outlives a try, its turn in the queue and the writing of its outcome. */
const CLAIM_FACTOR = 3;

/** One pump a channel, so that one that is slow or dead delays no other. */
@Injectable()
export class DeliverService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly pumps: ReadonlyMap<OutsideChannel, ChannelPump>;
  private readonly sweep = new Sweep(SWEEP_EVERY_MS, () => this.wakeDue(), 'Deliveries wait');

  constructor(
    @Inject(CHANNELS) channels: readonly Channel[],
    private readonly deliveries: DeliveryRepository,
    attempting: AttemptDeliveries,
    settings: DeliverySettings,
  ) {
    const attemptTimeoutMs = settings.DELIVERY_ATTEMPT_TIMEOUT_MS;
    const limits = { attemptTimeoutMs, claimMs: attemptTimeoutMs * CLAIM_FACTOR };
    this.pumps = new Map(
      channels.map((channel) => [channel.name, new ChannelPump(channel, deliveries, attempting, limits)]),
    );
  }

  /** Something is due there, or may be. Returns at once. */
  wake(channel: OutsideChannel): void {
    this.pumps.get(channel)?.wake();
  }

  onApplicationBootstrap(): void {
    this.sweep.start();
    this.sweep.soon();
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweep.stop();
    await Promise.all([...this.pumps.values()].map((pump) => pump.stop()));
  }

  private async wakeDue(): Promise<void> {
    for (const channel of await this.deliveries.channelsDue([...this.pumps.keys()])) this.wake(channel);
  }
}
