import { Controller, Delete, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CONVERSION_QUESTIONS } from '@kopeck/contracts';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { IdPipe } from '../http/id.pipe.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { RateAlertResource } from './rate-alert.dto.js';
import { rateAlertOf } from './rate-alert.js';

@ApiTags('Rates')
@Controller(`${API}/rate-alerts`)
export class CancelRateAlertController {
  constructor(private readonly questions: Questions) {}

  @Delete(':id')
  @AllowAccess('customer')
  @ApiOperation({ operationId: 'cancelRateAlert', summary: 'Not be told any more' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: RateAlertResource })
  @Problems('session', 'id', 'state_conflict')
  async cancel(
    @Param('id', IdPipe) alertId: string,
    @Req() { session }: SignedInRequest,
  ): Promise<RateAlertResource> {
    const question = { alertId, customerId: session.customerId };
    const options = { key: alertId, about: 'rate alert' };
    return rateAlertOf(await this.questions.ask(CONVERSION_QUESTIONS.cancelAlert, question, options));
  }
}
