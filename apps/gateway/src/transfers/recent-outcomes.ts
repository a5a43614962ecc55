import { Injectable } from '@nestjs/common';
import type { TransferResult, TransferView } from '@kopeck/contracts';

type Ending = Pick<TransferView, 'status' | 'reason' | 'settledAt' | 'creditAccountId'> & {
  readonly isInternal: boolean;
};

/** Of some seconds under load; without what the view has anyway, so that they cost little. */
const REMEMBERED = 20_000;

/**
 * How transfers ended that ended just now. The transaction-manager, who is asked for transfers, writes down what the journal says
 * in batches: under load it calls one `pending` for a fifth of a second after its 201 was given. Whoever looks at what they were
 * just told is told the same.
 */
@Injectable()
export class RecentOutcomes {
  private readonly endings = new Map<string, Ending>();

  /** From the journal; a result that is published again says the same. */
  add({
    transferId,
    status,
    reason,
    decidedAt,
    creditAccountId,
    creditCustomerId,
    customerId,
  }: TransferResult): void {
    const isInternal = creditCustomerId === customerId;
    this.endings.set(transferId, { status, reason, settledAt: decidedAt, creditAccountId, isInternal });
    if (this.endings.size > REMEMBERED) this.endings.delete(this.endings.keys().next().value as string);
  }

  /** @returns the same view, or what has become of the transfer since; only its sender sees a pending one. */
  newest(view: TransferView): TransferView {
    const ending = view.status === 'pending' ? this.endings.get(view.transferId) : undefined;
    if (!ending) return view;
    const { isInternal, ...known } = ending;
    return { ...view, ...known, direction: isInternal ? 'internal' : view.direction };
  }
}
