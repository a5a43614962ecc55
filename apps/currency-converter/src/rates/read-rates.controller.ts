import {
  ConvertAmount,
  ListRates,
  RATE_QUESTIONS,
  ReadRateHistory,
  type ConvertedAmount,
  type RateHistory,
  type RateView,
  type Refusal,
} from '@kopeck/contracts';
import { answers } from '@kopeck/kafka';
import { Controller } from '@nestjs/common';
import { MessagePattern, Payload, Transport } from '@nestjs/microservices';
import { ReadRatesService } from './read-rates.service.js';

@Controller()
export class ReadRatesController {
  constructor(private readonly service: ReadRatesService) {}

  @MessagePattern(RATE_QUESTIONS.list.pattern, Transport.KAFKA, answers(ListRates))
  list(@Payload() request: ListRates): Promise<RateView[] | Refusal> {
    return this.service.list(request);
  }

  @MessagePattern(RATE_QUESTIONS.history.pattern, Transport.KAFKA, answers(ReadRateHistory))
  history(@Payload() request: ReadRateHistory): Promise<RateHistory | Refusal> {
    return this.service.history(request);
  }

  @MessagePattern(RATE_QUESTIONS.convert.pattern, Transport.KAFKA, answers(ConvertAmount))
  convert(@Payload() request: ConvertAmount): Promise<ConvertedAmount | Refusal> {
    return this.service.convert(request);
  }
}
