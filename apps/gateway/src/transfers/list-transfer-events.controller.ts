import { Controller, Get, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { IdPipe } from '../http/id.pipe.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { TransferStepList } from './transfer.dto.js';
import { TransferViews } from './transfer-views.service.js';

@ApiTags('Transfers')
@Controller(`${API}/transfers`)
export class ListTransferEventsController {
  constructor(private readonly views: TransferViews) {}

  @Get(':id/events')
  @AllowAccess('customer')
  @ApiOperation({
    operationId: 'listTransferEvents',
    summary: "A transfer's way through the bank, step by step",
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: TransferStepList })
  @Problems('session', 'id')
  async list(
    @Param('id', IdPipe) transferId: string,
    @Req() { session }: SignedInRequest,
  ): Promise<TransferStepList> {
    const question = { transferId, customerId: session.customerId };
    const options = { key: transferId, about: 'transfer' };
    return { data: await this.views.steps(question, options) };
  }
}
