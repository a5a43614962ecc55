import {
  belowOf,
  pageOf,
  refusal,
  type CancelOrder,
  type ListOwn,
  type OrderView,
  type Page,
  type PlaceOrder,
  type Refusal,
} from '@kopeck/contracts';
import { Injectable } from '@nestjs/common';
import { OrderRepository, type Order } from './order.repository.js';
import { TriggerOrdersService } from './trigger-orders.service.js';

/** Each is looked at whenever its rate changes. */
const MAX_ACTIVE = 100;
const LONGEST_MS = 366 * 86_400_000;

/** Orders as customers place, see and take them back. */
@Injectable()
export class PlaceOrdersService {
  constructor(
    private readonly orders: OrderRepository,
    private readonly triggering: TriggerOrdersService,
  ) {}

  async place(wanted: PlaceOrder): Promise<OrderView | Refusal> {
    const fault = faultOf(wanted, Date.now());
    if (fault) return fault;
    const order = await this.orders.place(wanted, MAX_ACTIVE);
    if (!order) return TOO_MANY;
    // The rate may be there already.
    if (order.status === 'active')
      await this.triggering.trigger({ base: order.sellCurrency, quote: order.buyCurrency });
    return viewOf(order);
  }

  async list({ customerId, limit, cursor }: ListOwn): Promise<Page<OrderView> | Refusal> {
    const below = belowOf(cursor);
    if (below === null) return INVALID_CURSOR;
    return pageOf(await this.orders.list(customerId, below, limit + 1), limit, viewOf);
  }

  async cancel({ orderId, customerId }: CancelOrder): Promise<OrderView | Refusal> {
    const cancelled = await this.orders.cancel(orderId, customerId);
    if (cancelled) return viewOf(cancelled);
    const order = await this.orders.find(orderId, customerId);
    if (!order) return NOT_FOUND;
    return order.status === 'cancelled'
      ? viewOf(order)
      : refusal('state_conflict', `The order is ${order.status}.`);
  }
}

const TOO_MANY = refusal(
  'state_conflict',
  `You have ${MAX_ACTIVE} active orders, as many as there may be. Take one back first.`,
);
const NOT_FOUND = refusal('not_found', 'There is no such order of yours.');
const INVALID_CURSOR = refusal('invalid_cursor', 'Take the cursor of the page before, or none.');

function faultOf({ sellCurrency, buyCurrency, expiresAt }: PlaceOrder, nowMs: number): Refusal | undefined {
  if (sellCurrency === buyCurrency) {
    return refusal('validation_failed', 'Sell and buy different currencies.', { pointer: '/buyCurrency' });
  }
  const inMs = Date.parse(expiresAt) - nowMs;
  if (inMs > 0 && inMs <= LONGEST_MS) return undefined;
  return refusal('validation_failed', 'expiresAt must be in the future, 366 days ahead at most.', {
    pointer: '/expiresAt',
  });
}

function viewOf({ ordinal, customerId, quoteId, endedAt, ...view }: Order): OrderView {
  void [ordinal, customerId, quoteId, endedAt];
  return view;
}
