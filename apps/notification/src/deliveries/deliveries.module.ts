import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels/channels.module.js';
import { AttemptDeliveries } from './attempt-deliveries.service.js';
import { DeliverService } from './deliver.service.js';
import { DELIVERY_DUE_CONTROLLERS } from './delivery-due.controller.js';
import { DeliveryLogController } from './delivery-log.controller.js';
import { DeliveryLogRepository } from './delivery-log.repository.js';
import { DeliveryLogService } from './delivery-log.service.js';
import { DeliveryRepository } from './delivery.repository.js';
import { ForgetDeliveriesService } from './forget-deliveries.service.js';
import { SendTestsService } from './send-tests.service.js';

@Module({
  imports: [ChannelsModule],
  controllers: [...DELIVERY_DUE_CONTROLLERS, DeliveryLogController],
  providers: [
    DeliveryRepository,
    DeliveryLogRepository,
    AttemptDeliveries,
    DeliverService,
    DeliveryLogService,
    SendTestsService,
    ForgetDeliveriesService,
  ],
  exports: [SendTestsService],
})
export class DeliveriesModule {}
