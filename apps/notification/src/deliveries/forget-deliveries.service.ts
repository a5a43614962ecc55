import { OUTSIDE_CHANNELS } from '@kopeck/contracts';
import { Sweep } from '@kopeck/service';
import { Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import { DeliveryLogRepository } from './delivery-log.repository.js';
import { DeliverySettings } from './delivery.settings.js';

const SWEEP_EVERY_MS = 60_000;
const MAX_AT_ONCE = 2_000;

/** What was sent long ago is of no more use to anybody, and it tells about people: it goes after some weeks. */
@Injectable()
export class ForgetDeliveriesService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly sweep = new Sweep(
    SWEEP_EVERY_MS,
    () => this.forget(),
    'Old deliveries are forgotten later',
  );

  constructor(
    private readonly deliveries: DeliveryLogRepository,
    private readonly settings: DeliverySettings,
  ) {}

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.sweep.stop();
  }

  /** @throws what the database said: what stays goes with the next sweep. */
  async forget(): Promise<void> {
    for (const channel of OUTSIDE_CHANNELS) {
      await this.deliveries.forget(channel, this.settings.DELIVERY_KEEP_DAYS, MAX_AT_ONCE);
    }
  }
}
