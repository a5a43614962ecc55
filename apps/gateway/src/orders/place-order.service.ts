import { Injectable } from '@nestjs/common';
import { CONVERSION_QUESTIONS, orderIdOf, type OrderView, type PlaceOrder } from '@kopeck/contracts';
import { CreditedAccounts } from '../accounts/credited-accounts.service.js';
import { Problem } from '../http/problem.js';
import { Questions } from '../http/questions.js';
import { quoteSidesOf } from '../quotes/quote-sides.js';
import { isSameDecimal } from '../rates/rate.js';
import type { PlaceOrderBody } from './order.dto.js';
import { orderOf, type Order } from './order.js';

@Injectable()
export class PlaceOrderService {
  constructor(
    private readonly questions: Questions,
    private readonly accounts: CreditedAccounts,
  ) {}

  /** @throws {Problem} what the converter refuses, or `idempotency_key_reused`. */
  async place(body: PlaceOrderBody, customerId: string, key: string): Promise<Order> {
    const { sellCurrency, buyCurrency, sellMinor } = quoteSidesOf(body);
    const request: PlaceOrder = {
      orderId: orderIdOf(customerId, key),
      customerId,
      debitAccountId: body.debitAccountId,
      creditAccountNumber: await this.accounts.numberOf(body, { customerId, currency: buyCurrency }),
      sellCurrency,
      buyCurrency,
      sellMinor: sellMinor!,
      targetRate: body.targetRate,
      expiresAt: body.expiresAt,
    };
    const options = { key: request.orderId, about: 'order' };
    const view = await this.questions.ask(CONVERSION_QUESTIONS.placeOrder, request, options);
    if (!isOf(request, view)) {
      throw new Problem(
        'idempotency_key_reused',
        'This Idempotency-Key belongs to another order of yours. Use a new key for a new order.',
      );
    }
    return orderOf(view);
  }
}

/** A repeat finds the order of its key; it has to be the order that was asked for. */
function isOf(request: PlaceOrder, view: OrderView): boolean {
  return (
    view.debitAccountId === request.debitAccountId &&
    view.creditAccountNumber === request.creditAccountNumber &&
    view.sellCurrency === request.sellCurrency &&
    view.buyCurrency === request.buyCurrency &&
    view.sellMinor === request.sellMinor &&
    isSameDecimal(view.targetRate, request.targetRate) &&
    Date.parse(view.expiresAt) === Date.parse(request.expiresAt)
  );
}
