import {
  CONVERSION_QUESTIONS,
  CreateQuote,
  ReadQuote,
  type QuoteView,
  type Refusal,
} from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { GiveQuoteService } from './give-quote.service.js';

@Controller()
export class GiveQuoteController {
  constructor(private readonly service: GiveQuoteService) {}

  @MessagePattern(CONVERSION_QUESTIONS.createQuote.pattern, Transport.KAFKA, answers(CreateQuote))
  create(@Payload() request: CreateQuote): Promise<QuoteView | Refusal> {
    return this.service.create(request);
  }

  @MessagePattern(CONVERSION_QUESTIONS.readQuote.pattern, Transport.KAFKA, answers(ReadQuote))
  read(@Payload() request: ReadQuote): Promise<QuoteView | Refusal> {
    return this.service.read(request);
  }
}
