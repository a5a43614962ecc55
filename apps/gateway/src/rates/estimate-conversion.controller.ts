import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { parseAmount, RATE_QUESTIONS } from '@kopeck/contracts';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { invalidRequest } from '../http/invalid-request.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import { EstimateQuery, EstimateResource } from './rate.dto.js';
import { estimateOf } from './rate.js';

@ApiTags('Rates')
@Controller(`${API}/convert`)
export class EstimateConversionController {
  constructor(private readonly questions: Questions) {}

  @Get()
  @AllowAccess('anyone')
  @ApiOperation({
    operationId: 'estimateConversion',
    summary: 'What an amount would buy now',
    description: 'Binds nobody and needs no account. A price that holds is a quote.',
  })
  @ApiOkResponse({ type: EstimateResource })
  @Problems('validation_failed', 'rate_unknown', 'rates_unavailable', 'amount_too_small')
  async estimate(@Query() { from, to, amount }: EstimateQuery): Promise<EstimateResource> {
    if (from === to) {
      throw invalidRequest([{ detail: 'to must be another currency than from', parameter: 'to' }]);
    }
    const parsed = parseAmount(amount, from);
    if (!parsed.ok) throw invalidRequest([{ detail: parsed.fault.detail, parameter: 'amount' }]);
    const question = { from, to, amountMinor: parsed.money.amountMinor.toString() };
    const options = { key: from, about: 'rate' };
    return estimateOf(await this.questions.ask(RATE_QUESTIONS.convert, question, options));
  }
}
