import type { OrderStatus, OrderView } from '@kopeck/contracts';
import { amountOf, type Amount } from '../transfers/amount.js';

/** An order to convert as REST shows it to who placed it. */
export interface Order {
  readonly id: string;
  readonly debitAccountId: string;
  readonly creditAccountNumber: string;
  readonly sell: Amount;
  readonly buyCurrency: string;
  readonly targetRate: string;
  readonly status: OrderStatus;
  readonly transferId: string | null;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly triggeredAt: string | null;
}

export function orderOf(view: OrderView): Order {
  return {
    id: view.orderId,
    debitAccountId: view.debitAccountId,
    creditAccountNumber: view.creditAccountNumber,
    sell: amountOf(view.sellMinor, view.sellCurrency),
    buyCurrency: view.buyCurrency,
    targetRate: view.targetRate,
    status: view.status,
    transferId: view.transferId,
    createdAt: view.createdAt,
    expiresAt: view.expiresAt,
    triggeredAt: view.triggeredAt,
  };
}
