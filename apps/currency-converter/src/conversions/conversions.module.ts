import { Module } from '@nestjs/common';
import { QuotesModule } from '../quotes/quotes.module.js';
import { ConversionRepository } from './conversion.repository.js';
import { TakeQuotesController } from './take-quotes.controller.js';
import { TakeQuotesService } from './take-quotes.service.js';

@Module({
  imports: [QuotesModule],
  controllers: [TakeQuotesController],
  providers: [ConversionRepository, TakeQuotesService],
  exports: [ConversionRepository],
})
export class ConversionsModule {}
