import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ACCOUNT_QUESTIONS } from '@kopeck/contracts';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { Problem } from '../http/problem.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import { FindAccountQuery, OperatorAccountList, OperatorAccountResource } from './operator.dto.js';

@ApiTags('Operator')
@Controller(`${API}/operator/accounts`)
export class FindAccountController {
  constructor(private readonly questions: Questions) {}

  @Get()
  @AllowAccess('operator')
  @ApiOperation({ operationId: 'findAccount', summary: 'Find an account by its number' })
  @ApiOkResponse({ type: OperatorAccountList })
  @Problems('session', 'validation_failed')
  async find(@Query() { number }: FindAccountQuery): Promise<OperatorAccountList> {
    try {
      const view = await this.questions.ask(
        ACCOUNT_QUESTIONS.find,
        { number },
        { key: number, about: 'account' },
      );
      return { data: [OperatorAccountResource.of(view)] };
    } catch (error) {
      // A search that finds nothing is an empty list, not an error.
      if (error instanceof Problem && error.code === 'not_found') return { data: [] };
      throw error;
    }
  }
}
