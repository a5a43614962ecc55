import { DatabaseModule, isTransientDatabaseError } from '@kopeck/database';
import { ServiceModule } from '@kopeck/service';
import { Module } from '@nestjs/common';

@Module({
  imports: [
    ServiceModule.forRoot({
      service: 'notification',
      settings: [],
      isTransient: isTransientDatabaseError,
    }),
    DatabaseModule.forService({ service: 'notification', schema: 'notification' }),
  ],
})
export class AppModule {}
