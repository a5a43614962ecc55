import { Database } from '@kopeck/database';
import { Producer } from '@kopeck/kafka';
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

/**
 * Sends commands again that got no result. Marked only behind the broker's acknowledgement: a crash in between sends once
 * more, which the ledger answers with what it has decided.
 */
@Injectable()
export class ReforwardTransfersService implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger(ReforwardTransfersService.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;

  constructor(
    private readonly database: Database,
    private readonly due: DueTransferRepository,
    private readonly producer: Producer,
    private readonly metrics: TransferMetrics,
    private readonly settings: TransactionManagerSettings,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.run().finally(() => (this.running = undefined));
    }, this.settings.TRANSFER_FOLLOW_UP_EVERY_MS);
    this.timer.unref();
  }

  async beforeApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** @returns how many were sent again. @throws what the database or the broker said: they stay due. */
  reforwardDue(): Promise<number> {
    return this.database.transaction(async (tx) => {
      const due = await this.due.claim(tx, MAX_AT_ONCE);
      if (due.length === 0) return 0;
      await this.producer.send(due.map(({ request }) => commandMessageOf(request)));
      const pauses = due.map(({ forwardCount }) =>
        forwardPauseMs(forwardCount, this.settings.TRANSFER_FOLLOW_UP_AFTER_MS),
      );
      await this.due.markForwarded(tx, due, pauses);
      return due.length;
    });
  }

  private async run(): Promise<void> {
    try {
      const count = await this.reforwardDue();
      if (count === 0) return;
      this.metrics.reforwarded(count);
      this.log.warn(`${count} transfers had no result yet: sent to the ledger again`);
    } catch (error) {
      this.log.warn(`Transfers without a result wait to be sent again: ${(error as Error).message}`);
    }
  }
}
