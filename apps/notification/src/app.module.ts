import { DatabaseModule, isTransientDatabaseError } from '@kopeck/database';
import { ServiceModule } from '@kopeck/service';
import { Module } from '@nestjs/common';
import { DigestsModule } from './digests/digests.module.js';
import { InboxModule } from './inbox/inbox.module.js';
import { IntakeModule } from './intake/intake.module.js';
import { IntakeSettings } from './intake/intake.settings.js';
import { PreferencesModule } from './preferences/preferences.module.js';
import { RecipientsModule } from './recipients/recipients.module.js';

@Module({
  imports: [
    ServiceModule.forRoot({
      service: 'notification',
      settings: [IntakeSettings],
      isTransient: isTransientDatabaseError,
    }),
    DatabaseModule.forService({ service: 'notification', schema: 'notification' }),
    RecipientsModule,
    PreferencesModule,
    IntakeModule,
    DigestsModule,
    InboxModule,
  ],
})
export class AppModule {}
