import { Producer } from '@kopeck/kafka';
import { Sweep } from '@kopeck/service';
import {
  Injectable,
  Logger,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { TransactionManagerSettings } from '../transaction-manager.settings.js';
import { DueTransferRepository } from './due-transfer.repository.js';
import { forwardPauseMs } from './forward-pause.js';
import { commandMessageOf } from './transfer-messages.js';
import { TransferMetrics } from './transfer.metrics.js';

const MAX_AT_ONCE = 500;

/** Longer than a produce request takes, as a rule; one that takes longer is sent by another replica too, to no harm. */
const SHORTEST_LEASE_MS = 10_000;

/**
 * Sends commands again that got no result: leases them, sends, then marks them sent. No database transaction is open while
 * the broker is asked. A crash or a failure in between leaves them due when the lease ends; what was sent already is then
 * sent once more, and the ledger answers it with what it has decided.
 */
@Injectable()
export class ReforwardTransfersService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(ReforwardTransfersService.name);
  private readonly sweep: Sweep;

  constructor(
    private readonly due: DueTransferRepository,
    private readonly producer: Producer,
    private readonly metrics: TransferMetrics,
    private readonly settings: TransactionManagerSettings,
  ) {
    this.sweep = new Sweep(
      settings.TRANSFER_FOLLOW_UP_EVERY_MS,
      () => this.run(),
      'Transfers without a result wait to be sent again',
    );
  }

  onApplicationBootstrap(): void {
    this.sweep.start();
  }

  beforeApplicationShutdown(): Promise<void> {
    return this.sweep.stop();
  }

  /** @returns how many were sent again. @throws what the database or the broker said: they come due when the lease ends. */
  async reforwardDue(): Promise<number> {
    const followUpAfterMs = this.settings.TRANSFER_FOLLOW_UP_AFTER_MS;
    const due = await this.due.lease(MAX_AT_ONCE, Math.max(followUpAfterMs, SHORTEST_LEASE_MS));
    if (due.length === 0) return 0;
    await this.producer.send(due.map(({ request }) => commandMessageOf(request)));
    const pauses = due.map(({ forwardCount }) => forwardPauseMs(forwardCount, followUpAfterMs));
    await this.due.markForwarded(due, pauses);
    return due.length;
  }

  private async run(): Promise<void> {
    const count = await this.reforwardDue();
    if (count === 0) return;
    this.metrics.reforwarded(count);
    this.log.warn(`${count} transfers had no result yet: sent to the ledger again`);
  }
}
