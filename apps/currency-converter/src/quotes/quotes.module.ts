import { Module } from '@nestjs/common';
import { RatesModule } from '../rates/rates.module.js';
import { ForgetQuotesService } from './forget-quotes.service.js';
import { GiveQuoteController } from './give-quote.controller.js';
import { GiveQuoteService } from './give-quote.service.js';
import { QuoteRepository } from './quote.repository.js';

@Module({
  imports: [RatesModule],
  controllers: [GiveQuoteController],
  providers: [QuoteRepository, GiveQuoteService, ForgetQuotesService],
  exports: [QuoteRepository],
})
export class QuotesModule {}
