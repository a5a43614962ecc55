import { Inject, Injectable, Logger } from '@nestjs/common';
import { orUnavailable, RedisClient } from '@kopeck/cache';
import type { Transfer } from './transfer.js';

/** As long as anybody polls a 202. By then the transaction-manager knows the transfer, or never will. */
const TIME_TO_LIVE_MS = 3_600_000;

interface Hint {
  readonly customerId: string;
  readonly transfer: Transfer;
}

/**
 * Remembers what was answered with 202, so that its address says "pending" even before the transaction-manager has seen the
 * request, or while it is away. Only a hint: the truth is the result, and without Redis the 202 is still right.
 */
@Injectable()
export class PendingHints {
  private readonly logger = new Logger(PendingHints.name);

  constructor(@Inject(RedisClient) private readonly redis: RedisClient) {}

  async remember(customerId: string, transfer: Transfer): Promise<void> {
    const hint: Hint = { customerId, transfer };
    try {
      await this.redis.set(keyOf(transfer.id), JSON.stringify(hint), 'PX', TIME_TO_LIVE_MS);
    } catch (error) {
      this.logger.warn(`A pending transfer's hint could not be written: ${String(error)}`);
    }
  }

  /** @returns undefined where there is no hint, or somebody else's. */
  async recall(transferId: string, customerId: string): Promise<Transfer | undefined> {
    const stored = await orUnavailable(this.redis.get(keyOf(transferId)));
    if (stored === null) return undefined;
    const hint = JSON.parse(stored) as Hint;
    return hint.customerId === customerId ? hint.transfer : undefined;
  }
}

function keyOf(transferId: string): string {
  return `pending:${transferId}`;
}
