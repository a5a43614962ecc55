import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RATE_QUESTIONS } from '@kopeck/contracts';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { invalidRequest } from '../http/invalid-request.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import { ListRatesQuery, RateList } from './rate.dto.js';
import { rateOf } from './rate.js';

/** In which currency prices are told where nobody says. */
const DEFAULT_QUOTE = 'RUB';

@ApiTags('Rates')
@Controller(`${API}/rates`)
export class ListRatesController {
  constructor(private readonly questions: Questions) {}

  @Get()
  @AllowAccess('anyone')
  @ApiOperation({
    operationId: 'listRates',
    summary: 'Current rates',
    description:
      'At the middle, without a margin. A pair is computed from one source and one day; where no current rate is to be had the answer is a 503, never an old rate.',
  })
  @ApiOkResponse({ type: RateList })
  @Problems('validation_failed', 'rate_unknown', 'rates_unavailable')
  async list(@Query() { base, quote }: ListRatesQuery): Promise<RateList> {
    if (base !== undefined && base === quote) {
      throw invalidRequest([{ detail: 'quote must be another currency than base', parameter: 'quote' }]);
    }
    const key = base ?? quote ?? DEFAULT_QUOTE;
    const views = await this.questions.ask(RATE_QUESTIONS.list, { base, quote }, { key, about: 'rate' });
    return { data: views.map(rateOf) };
  }
}
