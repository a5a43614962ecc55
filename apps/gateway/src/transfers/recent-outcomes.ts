import { Injectable } from '@nestjs/common';
import type { TransferResult, TransferStep, TransferView } from '@kopeck/contracts';
import { LRUCache } from 'lru-cache';

interface Ending extends Pick<TransferView, 'reason' | 'creditAccountId'> {
  readonly status: TransferResult['status'];
  readonly settledAt: string;
  readonly isInternal: boolean;
  readonly isByLedger: boolean;
}

/** Of some seconds under load; without what the view has anyway, so that they cost little. */
const REMEMBERED = 20_000;
const LAST_STEPS: ReadonlySet<TransferStep['type']> = new Set(['completed', 'refused']);

/**
 * How transfers ended that ended just now. The transaction-manager, who is asked for transfers, writes down what the journal says
 * in batches: under load it calls one `pending` for a fifth of a second after its 201 was given. Whoever looks at what they were
 * just told is told the same.
 */
@Injectable()
export class RecentOutcomes {
  private readonly endings = new LRUCache<string, Ending>({ max: REMEMBERED });

  /** From the journal; a result that is published again says the same. */
  add(result: TransferResult): void {
    const { status, reason, decidedAt: settledAt, creditAccountId } = result;
    const isInternal = result.creditCustomerId === result.customerId;
    const isByLedger = result.chain !== null;
    this.endings.set(result.transferId, {
      status,
      reason,
      settledAt,
      creditAccountId,
      isInternal,
      isByLedger,
    });
  }

  /** @returns the same view, or what has become of the transfer since; only its sender sees a pending one. */
  newest(view: TransferView): TransferView {
    const ending = view.status === 'pending' ? this.endings.get(view.transferId) : undefined;
    if (!ending) return view;
    const { status, reason, settledAt, creditAccountId, isInternal } = ending;
    const direction = isInternal ? 'internal' : view.direction;
    return { ...view, status, reason, settledAt, creditAccountId, direction };
  }

  /** @returns the same steps, or one more: how it ended since. */
  allSteps(transferId: string, steps: TransferStep[]): TransferStep[] {
    const ending = this.endings.get(transferId);
    if (!ending || steps.some(({ type }) => LAST_STEPS.has(type))) return steps;
    const { status, settledAt: at, isByLedger, reason: detail } = ending;
    const type = status === 'completed' ? 'completed' : 'refused';
    return [...steps, { type, at, service: isByLedger ? 'transaction' : 'transaction-manager', detail }];
  }
}
