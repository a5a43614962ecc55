import { Body, Controller, Param, Patch, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { entityTagOf } from '../http/entity-tag.js';
import { IdPipe } from '../http/id.pipe.js';
import { IfMatchHeader } from '../http/if-match.decorator.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { AccountResource, RenameAccountBody } from './account.dto.js';
import { RenameAccountService } from './rename-account.service.js';

@ApiTags('Accounts')
@Controller(`${API}/accounts`)
export class RenameAccountController {
  constructor(private readonly service: RenameAccountService) {}

  @Patch(':id')
  @AllowAccess('customer')
  @ApiOperation({ operationId: 'renameAccount', summary: 'Rename an account' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @IfMatchHeader('account')
  @ApiOkResponse({ type: AccountResource, headers: { ETag: { schema: { type: 'string' } } } })
  @Problems('session', 'body', 'id', 'version_required', 'stale_version')
  async rename(
    @Param('id', IdPipe) accountId: string,
    @Body() { name }: RenameAccountBody,
    @Req() { headers, session }: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountResource> {
    const view = await this.service.rename(accountId, session.customerId, name, headers['if-match']);
    reply.header('etag', entityTagOf(view.revision));
    return AccountResource.of(view);
  }
}
