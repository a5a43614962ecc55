import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ACCOUNT_QUESTIONS } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { IdPipe } from '../http/id.pipe.js';
import { linkNextPage, PageQuery } from '../http/paging.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { EntryPage, EntryResource } from './account.dto.js';

@ApiTags('Accounts')
@Controller(`${API}/accounts`)
export class ListEntriesController {
  constructor(private readonly questions: Questions) {}

  @Get(':id/entries')
  @AllowAccess('customer')
  @ApiOperation({ operationId: 'listEntries', summary: "An account's history, newest first" })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: EntryPage, headers: { Link: { schema: { type: 'string' } } } })
  @Problems('session', 'id', 'page')
  async list(
    @Param('id', IdPipe) accountId: string,
    @Query() { limit, cursor }: PageQuery,
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<EntryPage> {
    const question = { accountId, customerId: request.session.customerId, limit, cursor };
    const options = { key: accountId, about: 'account' };
    const page = await this.questions.ask(ACCOUNT_QUESTIONS.entries, question, options);
    linkNextPage(request, reply, page);
    return { data: page.data.map(EntryResource.of), nextCursor: page.nextCursor };
  }
}
