import { DatabaseModule, isTransientDatabaseError } from '@kopeck/database';
import { ServiceModule } from '@kopeck/service';
import { Module } from '@nestjs/common';
import { ChannelSettings } from './channels/channel.settings.js';
import { ContactsModule } from './contacts/contacts.module.js';
import { DeliveriesModule } from './deliveries/deliveries.module.js';
import { DeliverySettings } from './deliveries/delivery.settings.js';
import { WebhookSettings } from './webhooks/webhook.settings.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

@Module({
  imports: [
    ServiceModule.forRoot({
      service: 'notification',
      settings: [ChannelSettings, DeliverySettings, WebhookSettings],
      isTransient: isTransientDatabaseError,
    }),
    DatabaseModule.forService({ service: 'notification', schema: 'notification' }),
    DeliveriesModule,
    WebhooksModule,
    ContactsModule,
  ],
})
export class AppModule {}
