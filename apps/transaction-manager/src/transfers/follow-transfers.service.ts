import type { TransferResult } from '@kopeck/contracts';
import { Injectable } from '@nestjs/common';
import { TransferMetrics } from './transfer.metrics.js';
import { TransferRegisterRepository } from './transfer-register.repository.js';

/** Follows each transfer to its end, which is its result in the journal. */
@Injectable()
export class FollowTransfersService {
  constructor(
    private readonly register: TransferRegisterRepository,
    private readonly metrics: TransferMetrics,
  ) {}

  async follow(results: readonly TransferResult[]): Promise<void> {
    const firsts = new Map<string, TransferResult>();
    for (const result of results) {
      const id = result.transferId.toLowerCase();
      if (!firsts.has(id)) firsts.set(id, result);
    }
    await this.register.settle([...firsts.values()]);
    this.metrics.settled(firsts.size);
  }
}
