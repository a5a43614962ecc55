import { TOPICS, type RateChange } from '@kopeck/contracts';
import { batchOf, type Outgoing, type Received } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { EventPattern, Payload, Transport } from '@nestjs/microservices';
import { TellAlertsService } from '../alerts/tell-alerts.service.js';
import { TriggerOrdersService } from './trigger-orders.service.js';

/** Whatever changed, all that somebody waits for is looked at: there are no more pairs than currencies squared. */
@Controller()
export class FollowRatesController {
  constructor(
    private readonly orders: TriggerOrdersService,
    private readonly alerts: TellAlertsService,
  ) {}

  @EventPattern(TOPICS.rateChanges.name, Transport.KAFKA, batchOf(null, { maxMessages: 500 }))
  async handle(@Payload() batch: Received<RateChange>[]): Promise<Outgoing[]> {
    if (batch.length > 0) await Promise.all([this.orders.triggerAll(), this.alerts.tellAll()]);
    return [];
  }
}
