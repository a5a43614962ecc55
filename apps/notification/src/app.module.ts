import { DatabaseModule, isTransientDatabaseError } from '@kopeck/database';
import { ServiceModule } from '@kopeck/service';
import { Module } from '@nestjs/common';
import { ChannelSettings } from './channels/channel.settings.js';
import { ContactsModule } from './contacts/contacts.module.js';
import { DeliveriesModule } from './deliveries/deliveries.module.js';
import { DeliverySettings } from './deliveries/delivery.settings.js';
import { DigestsModule } from './digests/digests.module.js';
import { InboxModule } from './inbox/inbox.module.js';
import { IntakeModule } from './intake/intake.module.js';
import { IntakeSettings } from './intake/intake.settings.js';
import { PreferencesModule } from './preferences/preferences.module.js';
import { RecipientsModule } from './recipients/recipients.module.js';
import { WebhookSettings } from './webhooks/webhook.settings.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

@Module({
  imports: [
    ServiceModule.forRoot({
      service: 'notification',
      settings: [IntakeSettings, ChannelSettings, DeliverySettings, WebhookSettings],
      isTransient: isTransientDatabaseError,
    }),
    DatabaseModule.forService({ service: 'notification', schema: 'notification' }),
    RecipientsModule,
    PreferencesModule,
    IntakeModule,
    DigestsModule,
    InboxModule,
    DeliveriesModule,
    WebhooksModule,
    ContactsModule,
  ],
})
export class AppModule {}
