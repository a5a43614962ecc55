import {
  DELIVERY_QUESTIONS,
  ListDeliveries,
  ReadChannelHealth,
  ReadDelivery,
  RetryDelivery,
  type ChannelHealth,
  type DeliveryDetails,
  type DeliveryView,
  type Page,
  type Refusal,
} from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { DeliveryLogService } from './delivery-log.service.js';

@Controller()
export class DeliveryLogController {
  constructor(private readonly service: DeliveryLogService) {}

  @MessagePattern(DELIVERY_QUESTIONS.list.pattern, Transport.KAFKA, answers(ListDeliveries))
  list(@Payload() request: ListDeliveries): Promise<Page<DeliveryView> | Refusal> {
    return this.service.list(request);
  }

  @MessagePattern(DELIVERY_QUESTIONS.read.pattern, Transport.KAFKA, answers(ReadDelivery))
  read(@Payload() request: ReadDelivery): Promise<DeliveryDetails | Refusal> {
    return this.service.read(request);
  }

  @MessagePattern(DELIVERY_QUESTIONS.retry.pattern, Transport.KAFKA, answers(RetryDelivery))
  retry(@Payload() request: RetryDelivery): Promise<DeliveryView | Refusal> {
    return this.service.retry(request);
  }

  @MessagePattern(DELIVERY_QUESTIONS.health.pattern, Transport.KAFKA, answers(ReadChannelHealth))
  health(): Promise<ChannelHealth[]> {
    return this.service.health();
  }
}
