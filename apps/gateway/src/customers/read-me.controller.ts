import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CUSTOMER_QUESTIONS } from '@kopeck/contracts';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { CustomerResource } from './customer.dto.js';

@ApiTags('Customers and sessions')
@Controller(`${API}/me`)
export class ReadMeController {
  constructor(private readonly questions: Questions) {}

  @Get()
  @AllowAccess('signed-in')
  @ApiOperation({ operationId: 'readMe', summary: 'Who you are' })
  @ApiOkResponse({ type: CustomerResource })
  @Problems('session')
  async read(@Req() { session }: SignedInRequest): Promise<CustomerResource> {
    const { customerId } = session;
    const options = { key: customerId, about: 'customer' };
    return CustomerResource.of(await this.questions.ask(CUSTOMER_QUESTIONS.read, { customerId }, options));
  }
}
