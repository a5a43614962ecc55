import { Injectable } from '@nestjs/common';
import type { ListTransfers, Page, TransferStep } from '@kopeck/contracts';
import type { Problem } from '../http/problem.js';
import { problemOf } from '../http/problem-of.js';
import { PendingHints } from '../transfers/pending-hints.js';
import { TransferViews } from '../transfers/transfer-views.service.js';
import { transferOfView, type Transfer } from '../transfers/transfer.js';

/** Everybody's transfers, for operators. */
@Injectable()
export class Transactions {
  constructor(
    private readonly views: TransferViews,
    private readonly hints: PendingHints,
  ) {}

  /** Newest first. @throws {Problem} `invalid_cursor`. */
  async list(question: ListTransfers, operatorId: string): Promise<Page<Transfer>> {
    const options = { key: operatorId, about: 'transfer' };
    const page = await this.views.list(question, options);
    return { data: page.data.map((view) => transferOfView(view, 'operator')), nextCursor: page.nextCursor };
  }

  /**
   * The transaction-manager's word; where it knows nothing (yet) or is away, the address that this operator was given for
   * a deposit keeps its promise.
   *
   * @throws {Problem} `not_found`, `unavailable`, `deadline_exceeded`.
   */
  async read(transferId: string, operatorId: string): Promise<Transfer> {
    const options = { key: transferId, about: 'transfer' };
    try {
      const view = await this.views.read({ transferId }, options);
      return transferOfView(view, 'operator');
    } catch (error) {
      const pending = await this.pendingInstead(problemOf(error), transferId, operatorId);
      if (pending) return pending;
      throw error;
    }
  }

  /** Its way through the services, in order. */
  steps(transferId: string): Promise<TransferStep[]> {
    const options = { key: transferId, about: 'transfer' };
    return this.views.steps({ transferId }, options);
  }

  private async pendingInstead(problem: Problem, transferId: string, operatorId: string) {
    if (problem.status !== 404 && problem.status < 503) return undefined;
    return this.hints.recall(transferId, operatorId);
  }
}
