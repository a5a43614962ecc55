import { TOPICS, uuidV5, type NotificationRequest } from '@kopeck/contracts';
import { Producer, type Outgoing } from '@kopeck/kafka';
import { Sweep } from '@kopeck/service';
import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { Pair } from '../orders/order.repository.js';
import { CurrentRates } from '../rates/current-rates.service.js';
import { RatesUnavailable, RateUnknown } from '../rates/rate-errors.js';
import { rateTextOf, rateTextRoundedDown, rateTextRoundedUp } from '../rates/rate-text.js';
import { AlertRepository, type Alert } from './alert.repository.js';

const SWEEP_EVERY_MS = 2_000;
const LEFT_BEHIND_MS = 2_000;
const MAX_AT_ONCE = 500;
const NAMESPACE = '1f9e8d7c-6b5a-4c3d-8e2f-0a1b2c3d4e88';

/** Tells people once that a rate is what they waited for. What is told is stored first, and sent until the broker has it. */
@Injectable()
export class TellAlertsService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(TellAlertsService.name);
  private readonly sweep = new Sweep(
    SWEEP_EVERY_MS,
    () => this.sendUnsent(LEFT_BEHIND_MS),
    'Rate alerts wait to be sent',
  );

  constructor(
    private readonly alerts: AlertRepository,
    private readonly rates: CurrentRates,
    private readonly producer: Producer,
  ) {}

  async tellAll(): Promise<void> {
    for (const pair of await this.alerts.findPairs()) await this.tell(pair);
  }

  async tell({ base, quote }: Pair): Promise<void> {
    let exact;
    try {
      ({ exact } = await this.rates.pair(base, quote));
    } catch (error) {
      if (error instanceof RatesUnavailable || error instanceof RateUnknown) return;
      throw error;
    }
    const reached = {
      roundedDown: rateTextRoundedDown(exact),
      roundedUp: rateTextRoundedUp(exact),
      rate: rateTextOf(exact),
    };
    for (;;) {
      const count = await this.alerts.tell({ base, quote }, reached, MAX_AT_ONCE);
      if (count > 0) await this.sendUnsent(0);
      if (count < MAX_AT_ONCE) return;
    }
  }

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.sweep.stop();
  }

  /** Never throws: what isn't sent now is sent by the next sweep, the same again. */
  async sendUnsent(olderThanMs: number): Promise<void> {
    try {
      const told = await this.alerts.findUnsent(olderThanMs, MAX_AT_ONCE);
      if (told.length === 0) return;
      await this.producer.send(told.map(messageOf));
      await this.alerts.markSent(told.map(({ alertId }) => alertId));
    } catch (error) {
      this.log.warn(`Rate alerts wait to be sent: ${(error as Error).message}`);
    }
  }
}

function messageOf({
  alertId,
  customerId,
  base,
  quote,
  kind,
  rate,
  percent,
  startRate,
  toldAt,
  toldRate,
}: Alert): Outgoing {
  const value: NotificationRequest = {
    notificationId: uuidV5(NAMESPACE, alertId),
    type: 'rate_alert',
    customerId,
    data: { alertId, base, quote, kind, target: rate, percent, startRate, rate: toldRate },
    occurredAt: toldAt!,
  };
  return {
    topic: TOPICS.notificationRequests.name,
    key: customerId,
    value,
    type: 'kopeck.notification.requested.v1',
    id: value.notificationId,
  };
}
