import { DeliveryDue, OUTSIDE_CHANNELS, type OutsideChannel } from '@kopeck/contracts';
import { batchOf } from '@kopeck/kafka';
import { Controller, Inject, type Type } from '@nestjs/common';
import { EventPattern, Transport } from '@nestjs/microservices';
import { DeliverService } from './deliver.service.js';

/**
 * `notifications.<channel>`, in a consumer group of the channel's own: a hint that something is due. It's taken at once;
 * what is due stands in the table.
 */
function controllerOf(channel: OutsideChannel): Type {
  @Controller()
  class DeliveryDueController {
    constructor(@Inject(DeliverService) private readonly service: DeliverService) {}

    @EventPattern<string>(
      `notifications.${channel}`,
      Transport.KAFKA,
      batchOf(DeliveryDue, { group: channel }),
    )
    take(): void {
      this.service.wake(channel);
    }
  }
  return DeliveryDueController;
}

export const DELIVERY_DUE_CONTROLLERS: readonly Type[] = OUTSIDE_CHANNELS.map(controllerOf);
