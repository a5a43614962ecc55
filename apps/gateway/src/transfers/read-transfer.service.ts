import { Injectable } from '@nestjs/common';
import { Problem } from '../http/problem.js';
import { problemOf } from '../http/problem-of.js';
import { PendingHints } from './pending-hints.js';
import { TransferViews } from './transfer-views.service.js';
import { transferOfView, type Transfer } from './transfer.js';

@Injectable()
export class ReadTransferService {
  constructor(
    private readonly views: TransferViews,
    private readonly hints: PendingHints,
  ) {}

  /**
   * The transaction-manager's word; where it knows nothing (yet) or is away, a 202 that was given keeps its promise.
   *
   * @throws {Problem} `not_found`, `unavailable`, `deadline_exceeded`.
   */
  async read(transferId: string, customerId: string): Promise<Transfer> {
    try {
      const options = { key: transferId, about: 'transfer' };
      const view = await this.views.read({ transferId, customerId }, options);
      return transferOfView(view, 'parties');
    } catch (error) {
      const pending = await this.pendingInstead(problemOf(error), transferId, customerId);
      if (pending) return pending;
      throw error;
    }
  }

  private async pendingInstead(problem: Problem, transferId: string, customerId: string) {
    if (problem.status !== 404 && problem.status < 503) return undefined;
    return this.hints.recall(transferId, customerId);
  }
}
