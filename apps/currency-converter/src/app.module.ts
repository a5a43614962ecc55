import { CacheModule } from '@kopeck/cache';
import { DatabaseModule, isTransientDatabaseError } from '@kopeck/database';
import { ServiceModule } from '@kopeck/service';
import { Module } from '@nestjs/common';
import { ConversionsModule } from './conversions/conversions.module.js';
import { QuoteSettings } from './quotes/quote.settings.js';
import { OrdersModule } from './orders/orders.module.js';
import { QuotesModule } from './quotes/quotes.module.js';
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
    QuotesModule,
    ConversionsModule,
    OrdersModule,
  ],
})
export class AppModule {}
