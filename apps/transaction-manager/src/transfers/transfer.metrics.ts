import { Metrics } from '@kopeck/service';
import { Injectable } from '@nestjs/common';
import type { TransferResult } from '@kopeck/contracts';

/** What the transaction-manager says about its work at /metrics. */
@Injectable()
export class TransferMetrics {
  private readonly registered;
  private readonly repeats;
  private readonly reforwards;
  private readonly settledTotal;

  constructor(metrics: Metrics) {
    this.registered = metrics.counter(
      'transfers_registered_total',
      'New transfers, by what was decided on arrival',
      ['outcome'],
    );
    this.repeats = metrics.counter(
      'transfers_repeated_total',
      'Attempts at transfers that were registered before',
    );
    this.reforwards = metrics.counter(
      'transfers_reforwarded_total',
      'Commands sent again: no result had come',
    );
    this.settledTotal = metrics.counter('transfers_settled_total', 'Results read from the journal');
  }

  accepted(registrations: readonly { readonly result: TransferResult | undefined }[]): void {
    const refused = registrations.filter(({ result }) => result).length;
    if (refused > 0) this.registered.inc({ outcome: 'refused' }, refused);
    this.registered.inc({ outcome: 'forwarded' }, registrations.length - refused);
  }

  repeated(): void {
    this.repeats.inc();
  }

  reforwarded(count: number): void {
    this.reforwards.inc(count);
  }

  settled(count: number): void {
    this.settledTotal.inc(count);
  }
}
