import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { linkNextPage } from '../http/paging.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { TransferPage } from '../transfers/transfer.dto.js';
import { ListTransactionsQuery } from './operator.dto.js';
import { Transactions } from './transactions.service.js';

@ApiTags('Operator')
@Controller(`${API}/operator/transactions`)
export class ListTransactionsController {
  constructor(private readonly transactions: Transactions) {}

  @Get()
  @AllowAccess('operator')
  @ApiOperation({ operationId: 'listTransactions', summary: "Everybody's transfers, newest first" })
  @ApiOkResponse({ type: TransferPage, headers: { Link: { schema: { type: 'string' } } } })
  @Problems('session', 'page')
  async list(
    @Query() { status, pendingForSeconds, limit, cursor }: ListTransactionsQuery,
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TransferPage> {
    const question = { status, pendingForSeconds, limit, cursor };
    const page = await this.transactions.list(question, request.session.customerId);
    linkNextPage(request, reply, page);
    return page;
  }
}
