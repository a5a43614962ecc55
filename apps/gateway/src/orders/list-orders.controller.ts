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
import { OrderPage } from './order.dto.js';
import { orderOf } from './order.js';

@ApiTags('Conversions')
@Controller(`${API}/orders`)
export class ListOrdersController {
  constructor(private readonly questions: Questions) {}

  @Get()
  @AllowAccess('customer')
  @ApiOperation({ operationId: 'listOrders', summary: 'Your orders to convert, newest first' })
  @ApiOkResponse({ type: OrderPage, headers: { Link: { schema: { type: 'string' } } } })
  @Problems('session', 'page')
  async list(
    @Query() { limit, cursor }: PageQuery,
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OrderPage> {
    const { customerId } = request.session;
    const options = { key: customerId, about: 'order' };
    const question = { customerId, limit, cursor };
    const page = await this.questions.ask(CONVERSION_QUESTIONS.listOrders, question, options);
    linkNextPage(request, reply, page);
    return { data: page.data.map(orderOf), nextCursor: page.nextCursor };
  }
}
