import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import { OperatorAccounts } from './operator-accounts.service.js';
import { FindAccountQuery, OperatorAccountList } from './operator.dto.js';

@ApiTags('Operator')
@Controller(`${API}/operator/accounts`)
export class FindAccountController {
  constructor(private readonly accounts: OperatorAccounts) {}

  @Get()
  @AllowAccess('operator')
  @ApiOperation({ operationId: 'findAccount', summary: 'Find an account by its number' })
  @ApiOkResponse({ type: OperatorAccountList })
  @Problems('session', 'validation_failed')
  async find(@Query() { number }: FindAccountQuery): Promise<OperatorAccountList> {
    const account = await this.accounts.find(number);
    return { data: account ? [account] : [] };
  }
}
