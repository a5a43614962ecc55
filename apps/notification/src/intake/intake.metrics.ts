import type { NotificationType, OutsideChannel } from '@kopeck/contracts';
import { Metrics } from '@kopeck/service';
import { Injectable } from '@nestjs/common';

/** A notification may be late because of what came before it: from tens of milliseconds to minutes. */
const DELAY_BUCKETS = [0.05, 0.1, 0.25, 0.5, 1, 2, 5, 15, 60, 300];

@Injectable()
export class IntakeMetrics {
  private readonly stored;
  private readonly planned;
  private readonly repeated;
  private readonly delay;

  constructor(metrics: Metrics) {
    this.stored = metrics.counter('notifications_total', 'Notifications stored, by type', ['type']);
    this.planned = metrics.counter('deliveries_planned_total', 'Deliveries planned, by channel', ['channel']);
    this.repeated = metrics.counter('notifications_repeated_total', 'Notifications that were stored before');
    this.delay = metrics.histogram(
      'notification_delay_seconds',
      'From what happened until it is stored',
      [],
      DELAY_BUCKETS,
    );
  }

  countStored(
    type: NotificationType,
    channels: readonly OutsideChannel[],
    occurredAt: string,
    now: Date,
  ): void {
    this.stored.inc({ type });
    for (const channel of channels) this.planned.inc({ channel });
    this.delay.observe(Math.max(0, (now.getTime() - new Date(occurredAt).getTime()) / 1_000));
  }

  countRepeated(count: number): void {
    if (count > 0) this.repeated.inc(count);
  }
}
