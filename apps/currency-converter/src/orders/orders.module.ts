import { Module } from '@nestjs/common';
import { AlertRepository } from '../alerts/alert.repository.js';
import { AlertsController } from '../alerts/alerts.controller.js';
import { PlaceAlertsService } from '../alerts/place-alerts.service.js';
import { TellAlertsService } from '../alerts/tell-alerts.service.js';
import { ConversionsModule } from '../conversions/conversions.module.js';
import { QuotesModule } from '../quotes/quotes.module.js';
import { RatesModule } from '../rates/rates.module.js';
import { FollowRatesController } from './follow-rates.controller.js';
import { OrderRepository } from './order.repository.js';
import { OrdersController } from './orders.controller.js';
import { PlaceOrdersService } from './place-orders.service.js';
import { TriggerOrdersService } from './trigger-orders.service.js';

/** What waits for a rate: orders and alerts. */
@Module({
  imports: [RatesModule, QuotesModule, ConversionsModule],
  controllers: [OrdersController, AlertsController, FollowRatesController],
  providers: [
    OrderRepository,
    PlaceOrdersService,
    TriggerOrdersService,
    AlertRepository,
    PlaceAlertsService,
    TellAlertsService,
  ],
})
export class OrdersModule {}
