import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ACCOUNT_QUESTIONS } from '@kopeck/contracts';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { AccountList, AccountResource } from './account.dto.js';

@ApiTags('Accounts')
@Controller(`${API}/accounts`)
export class ListAccountsController {
  constructor(private readonly questions: Questions) {}

  @Get()
  @AllowAccess('customer')
  @ApiOperation({ operationId: 'listAccounts', summary: 'Your accounts with their balances' })
  @ApiOkResponse({ type: AccountList })
  @Problems('session')
  async list(@Req() { session }: SignedInRequest): Promise<AccountList> {
    const { customerId } = session;
    const options = { key: customerId, about: 'customer' };
    const views = await this.questions.ask(ACCOUNT_QUESTIONS.list, { customerId }, options);
    return { data: views.map(AccountResource.of) };
  }
}
