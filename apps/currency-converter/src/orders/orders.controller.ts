import {
  CancelOrder,
  CONVERSION_QUESTIONS,
  ListOwn,
  PlaceOrder,
  type OrderView,
  type Page,
  type Refusal,
} from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { PlaceOrdersService } from './place-orders.service.js';

@Controller()
export class OrdersController {
  constructor(private readonly service: PlaceOrdersService) {}

  @MessagePattern(CONVERSION_QUESTIONS.placeOrder.pattern, Transport.KAFKA, answers(PlaceOrder))
  place(@Payload() request: PlaceOrder): Promise<OrderView | Refusal> {
    return this.service.place(request);
  }

  @MessagePattern(CONVERSION_QUESTIONS.listOrders.pattern, Transport.KAFKA, answers(ListOwn))
  list(@Payload() request: ListOwn): Promise<Page<OrderView> | Refusal> {
    return this.service.list(request);
  }

  @MessagePattern(CONVERSION_QUESTIONS.cancelOrder.pattern, Transport.KAFKA, answers(CancelOrder))
  cancel(@Payload() request: CancelOrder): Promise<OrderView | Refusal> {
    return this.service.cancel(request);
  }
}
