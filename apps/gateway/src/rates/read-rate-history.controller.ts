import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { OFFERED_CURRENCIES, RATE_QUESTIONS } from '@kopeck/contracts';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { invalidRequest } from '../http/invalid-request.js';
import { notFound } from '../http/problem.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import { CurrencyPipe } from './currency.pipe.js';
import { RateHistoryQuery, RateHistoryResource } from './rate-history.dto.js';
import { isRatePeriod, ratePeriodOf } from './rate-period.js';

@ApiTags('Rates')
@Controller(`${API}/rates`)
export class ReadRateHistoryController {
  constructor(private readonly questions: Questions) {}

  @Get(':base/:quote/history')
  @AllowAccess('anyone')
  @ApiOperation({ operationId: 'readRateHistory', summary: "A pair's rates over time" })
  @ApiParam({ name: 'base', enum: OFFERED_CURRENCIES, example: 'EUR' })
  @ApiParam({ name: 'quote', enum: OFFERED_CURRENCIES, example: 'RUB' })
  @ApiOkResponse({ type: RateHistoryResource })
  @Problems('id', 'validation_failed', 'rate_unknown', 'rates_unavailable')
  async read(
    @Param('base', CurrencyPipe) base: string,
    @Param('quote', CurrencyPipe) quote: string,
    @Query() query: RateHistoryQuery,
  ): Promise<RateHistoryResource> {
    if (base === quote) throw notFound('pair of currencies');
    const period = ratePeriodOf(query, Date.now());
    if (!isRatePeriod(period)) throw invalidRequest(period);
    const options = { key: base, about: 'rate' };
    const { source, points } = await this.questions.ask(
      RATE_QUESTIONS.history,
      { base, quote, ...period },
      options,
    );
    return { base, quote, source, ...period, points: [...points] };
  }
}
