import { CacheModule } from '@kopeck/cache';
import { DatabaseModule, isTransientDatabaseError } from '@kopeck/database';
import { ServiceModule } from '@kopeck/service';
import { Module } from '@nestjs/common';
import { QuoteSettings } from './quotes/quote.settings.js';
import { RateSettings } from './rates/rate.settings.js';
import { RatesModule } from './rates/rates.module.js';

@Module({
  imports: [
    ServiceModule.forRoot({
      service: 'currency-converter',
      settings: [RateSettings, QuoteSettings],
      isTransient: isTransientDatabaseError,
    }),
    DatabaseModule.forService({ service: 'currency-converter', schema: 'fx' }),
    CacheModule.forRoot(),
    RatesModule,
  ],
})
export class AppModule {}
