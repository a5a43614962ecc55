import {
  CancelAlert,
  CONVERSION_QUESTIONS,
  ListOwn,
  PlaceAlert,
  type AlertView,
  type Page,
  type Refusal,
} from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { PlaceAlertsService } from './place-alerts.service.js';

@Controller()
export class AlertsController {
  constructor(private readonly service: PlaceAlertsService) {}

  @MessagePattern(CONVERSION_QUESTIONS.placeAlert.pattern, Transport.KAFKA, answers(PlaceAlert))
  place(@Payload() request: PlaceAlert): Promise<AlertView | Refusal> {
    return this.service.place(request);
  }

  @MessagePattern(CONVERSION_QUESTIONS.listAlerts.pattern, Transport.KAFKA, answers(ListOwn))
  list(@Payload() request: ListOwn): Promise<Page<AlertView> | Refusal> {
    return this.service.list(request);
  }

  @MessagePattern(CONVERSION_QUESTIONS.cancelAlert.pattern, Transport.KAFKA, answers(CancelAlert))
  cancel(@Payload() request: CancelAlert): Promise<AlertView | Refusal> {
    return this.service.cancel(request);
  }
}
