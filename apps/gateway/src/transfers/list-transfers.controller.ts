import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { linkNextPage } from '../http/paging.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { TransferViews } from './transfer-views.service.js';
import { transferOfView } from './transfer.js';
import { ListTransfersQuery, TransferPage } from './transfer.dto.js';

@ApiTags('Transfers')
@Controller(`${API}/transfers`)
export class ListTransfersController {
  constructor(private readonly views: TransferViews) {}

  @Get()
  @AllowAccess('customer')
  @ApiOperation({ operationId: 'listTransfers', summary: 'Your transfers, newest first' })
  @ApiOkResponse({ type: TransferPage, headers: { Link: { schema: { type: 'string' } } } })
  @Problems('session', 'page')
  async list(
    @Query() { status, limit, cursor }: ListTransfersQuery,
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TransferPage> {
    const { customerId } = request.session;
    const question = { customerId, status, limit, cursor };
    const options = { key: customerId, about: 'customer' };
    const page = await this.views.list(question, options);
    linkNextPage(request, reply, page);
    return { data: page.data.map((view) => transferOfView(view, 'parties')), nextCursor: page.nextCursor };
  }
}
