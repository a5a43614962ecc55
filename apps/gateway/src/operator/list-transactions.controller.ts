import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { TRANSFER_QUESTIONS } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { linkNextPage } from '../http/paging.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { transferOfView } from '../transfers/transfer.js';
import { TransferPage } from '../transfers/transfer.dto.js';
import { ListTransactionsQuery } from './operator.dto.js';

@ApiTags('Operator')
@Controller(`${API}/operator/transactions`)
export class ListTransactionsController {
  constructor(private readonly questions: Questions) {}

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
    const options = { key: request.session.customerId, about: 'transfer' };
    const page = await this.questions.ask(TRANSFER_QUESTIONS.list, question, options);
    linkNextPage(request, reply, page);
    return { data: page.data.map((view) => transferOfView(view, 'operator')), nextCursor: page.nextCursor };
  }
}
