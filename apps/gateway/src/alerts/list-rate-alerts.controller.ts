import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CONVERSION_QUESTIONS } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { linkNextPage, PageQuery } from '../http/paging.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { RateAlertPage } from './rate-alert.dto.js';
import { rateAlertOf } from './rate-alert.js';

@ApiTags('Rates')
@Controller(`${API}/rate-alerts`)
export class ListRateAlertsController {
  constructor(private readonly questions: Questions) {}

  @Get()
  @AllowAccess('customer')
  @ApiOperation({ operationId: 'listRateAlerts', summary: 'Your rate alerts, newest first' })
  @ApiOkResponse({ type: RateAlertPage, headers: { Link: { schema: { type: 'string' } } } })
  @Problems('session', 'page')
  async list(
    @Query() { limit, cursor }: PageQuery,
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<RateAlertPage> {
    const { customerId } = request.session;
    const options = { key: customerId, about: 'rate alert' };
    const question = { customerId, limit, cursor };
    const page = await this.questions.ask(CONVERSION_QUESTIONS.listAlerts, question, options);
    linkNextPage(request, reply, page);
    return { data: page.data.map(rateAlertOf), nextCursor: page.nextCursor };
  }
}
