import { Body, Controller, HttpCode, Param, Post, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { IdPipe } from '../http/id.pipe.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { OperatorAccounts } from './operator-accounts.service.js';
import { FreezeBody, OperatorAccountResource } from './operator.dto.js';

@ApiTags('Operator')
@Controller(`${API}/operator/accounts`)
export class FreezeAccountController {
  constructor(private readonly accounts: OperatorAccounts) {}

  @Post(':id/freeze')
  @HttpCode(200)
  @AllowAccess('operator')
  @ApiOperation({
    operationId: 'freezeAccount',
    summary: 'Freeze an account: nothing leaves it, nothing enters',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: OperatorAccountResource })
  @Problems('session', 'body', 'id', 'state_conflict')
  freeze(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: FreezeBody,
    @Req() { session }: SignedInRequest,
  ) {
    return this.accounts.setFrozen({ accountId: id, operatorId: session.customerId, frozen: true, reason });
  }

  @Post(':id/unfreeze')
  @HttpCode(200)
  @AllowAccess('operator')
  @ApiOperation({ operationId: 'unfreezeAccount', summary: 'Let a frozen account work again' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: OperatorAccountResource })
  @Problems('session', 'body', 'id', 'state_conflict')
  unfreeze(
    @Param('id', IdPipe) id: string,
    @Body() { reason }: FreezeBody,
    @Req() { session }: SignedInRequest,
  ) {
    return this.accounts.setFrozen({ accountId: id, operatorId: session.customerId, frozen: false, reason });
  }
}
