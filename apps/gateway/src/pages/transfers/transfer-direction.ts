import type { Amount } from '../../transfers/amount.js';
import type { Transfer } from '../../transfers/transfer.js';

/** From the side of who looks: only their own accounts' ids are in it. */
export type Direction = 'in' | 'out' | 'own';

export function directionOf({ debitAccountId, creditAccountId }: Transfer): Direction {
  if (debitAccountId === null) return creditAccountId === null ? 'out' : 'in';
  return creditAccountId === null ? 'out' : 'own';
}

/** What leaves or arrives here, signed; undefined only while a conversion's quote could not be read. */
export function movedAmountOf(transfer: Transfer): Amount | undefined {
  const direction = directionOf(transfer);
  if (direction === 'in') return transfer.conversion?.settledAmount ?? transfer.instructedAmount ?? undefined;
  const { instructedAmount } = transfer;
  if (!instructedAmount || direction === 'own') return instructedAmount ?? undefined;
  return { ...instructedAmount, amount: `-${instructedAmount.amount}` };
}
