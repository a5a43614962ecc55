import { TOPICS, uuidV5, type NotificationRequest, type TransferRequest } from '@kopeck/contracts';
import type { Outgoing } from '@kopeck/kafka';
import { termsOf, type StoredQuote } from '../quotes/quote.js';
import type { Order } from './order.repository.js';

const NAMESPACE = '4c5d2e6e-5f0d-4c7f-9d0a-1f6b2a9b7e66';

/** An order becomes this transfer, whoever triggers it and however often it's sent. */
export function transferIdOfOrder(orderId: string): string {
  return uuidV5(NAMESPACE, `transfer:${orderId}`);
}

/** What follows from an order's end: its transfer, if it was triggered, and word to the customer. */
export function messagesOf(order: Order, stored: StoredQuote | undefined): Outgoing[] {
  const notification = notificationMessageOf(order, stored);
  return stored ? [requestMessageOf(order, stored), notification] : [notification];
}

function requestMessageOf(order: Order, stored: StoredQuote): Outgoing {
  const { quote } = stored.body;
  const value: TransferRequest = {
    transferId: transferIdOfOrder(order.orderId),
    requestId: uuidV5(NAMESPACE, `request:${order.orderId}`),
    customerId: order.customerId,
    kind: 'conversion',
    debitAccountId: quote.debitAccountId,
    creditAccountNumber: quote.creditAccountNumber,
    amountMinor: quote.sellMinor,
    currency: quote.sellCurrency,
    requestedAt: order.endedAt!,
    conversion: termsOf(stored),
  };
  return {
    topic: TOPICS.transferRequests.name,
    key: value.debitAccountId,
    value,
    type: 'kopeck.transfer.requested.v1',
    id: value.requestId,
  };
}

function notificationMessageOf(order: Order, stored: StoredQuote | undefined): Outgoing {
  const { orderId, customerId, sellCurrency, sellMinor, buyCurrency, targetRate } = order;
  const value: NotificationRequest = {
    notificationId: uuidV5(NAMESPACE, `notification:${orderId}`),
    type: stored ? 'order_triggered' : 'order_expired',
    customerId,
    data: {
      orderId,
      sellCurrency,
      sellMinor,
      buyCurrency,
      targetRate,
      ...(stored && {
        transferId: order.transferId,
        rate: stored.body.quote.rate,
        buyMinor: stored.body.quote.buyMinor,
      }),
    },
    occurredAt: order.endedAt!,
  };
  return {
    topic: TOPICS.notificationRequests.name,
    key: customerId,
    value,
    type: 'kopeck.notification.requested.v1',
    id: value.notificationId,
  };
}
