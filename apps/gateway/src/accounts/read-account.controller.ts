import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { ACCOUNT_QUESTIONS } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { entityTagOf } from '../http/entity-tag.js';
import { IdPipe } from '../http/id.pipe.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { AccountResource } from './account.dto.js';

@ApiTags('Accounts')
@Controller(`${API}/accounts`)
export class ReadAccountController {
  constructor(private readonly questions: Questions) {}

  @Get(':id')
  @AllowAccess('customer')
  @ApiOperation({
    operationId: 'readAccount',
    summary: 'One account with its balance',
    description:
      'The ETag stands for name and status, which PATCH changes; the balance has its own `version`.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: AccountResource, headers: { ETag: { schema: { type: 'string' } } } })
  @Problems('session', 'id')
  async read(
    @Param('id', IdPipe) accountId: string,
    @Req() { session }: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountResource> {
    const request = { accountId, customerId: session.customerId };
    const options = { key: accountId, about: 'account' };
    const view = await this.questions.ask(ACCOUNT_QUESTIONS.read, request, options);
    reply.header('etag', entityTagOf(view.revision));
    return AccountResource.of(view);
  }
}
