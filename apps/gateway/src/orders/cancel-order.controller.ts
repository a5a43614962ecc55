import { Controller, Delete, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CONVERSION_QUESTIONS } from '@kopeck/contracts';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { IdPipe } from '../http/id.pipe.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { OrderResource } from './order.dto.js';
import { orderOf } from './order.js';

@ApiTags('Conversions')
@Controller(`${API}/orders`)
export class CancelOrderController {
  constructor(private readonly questions: Questions) {}

  @Delete(':id')
  @AllowAccess('customer')
  @ApiOperation({
    operationId: 'cancelOrder',
    summary: 'Take an order back',
    description: 'It stays in the list as cancelled. One that was triggered meanwhile is a 409.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: OrderResource })
  @Problems('session', 'id', 'state_conflict')
  async cancel(
    @Param('id', IdPipe) orderId: string,
    @Req() { session }: SignedInRequest,
  ): Promise<OrderResource> {
    const question = { orderId, customerId: session.customerId };
    const options = { key: orderId, about: 'order' };
    return orderOf(await this.questions.ask(CONVERSION_QUESTIONS.cancelOrder, question, options));
  }
}
