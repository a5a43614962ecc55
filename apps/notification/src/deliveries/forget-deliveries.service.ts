import { OUTSIDE_CHANNELS } from '@kopeck/contracts';
import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DeliveryLogRepository } from './delivery-log.repository.js';
import { DeliverySettings } from './delivery.settings.js';

const SWEEP_EVERY_MS = 60_000;
const MAX_AT_ONCE = 2_000;

/** What was sent long ago is of no more use to anybody, and it tells about people: it goes after some weeks. */
@Injectable()
export class ForgetDeliveriesService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(ForgetDeliveriesService.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly deliveries: DeliveryLogRepository,
    private readonly settings: DeliverySettings,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.forget().finally(() => (this.running = undefined));
    }, SWEEP_EVERY_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Never throws: what stays goes with the next sweep. */
  async forget(): Promise<void> {
    try {
      for (const channel of OUTSIDE_CHANNELS) {
        await this.deliveries.forget(channel, this.settings.DELIVERY_KEEP_DAYS, MAX_AT_ONCE);
      }
    } catch (error) {
      this.log.warn(`Old deliveries are forgotten later: ${(error as Error).message}`);
    }
  }
}
