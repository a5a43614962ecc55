import { Controller, Get, Param, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { IdPipe } from '../http/id.pipe.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import type { Transfer } from '../transfers/transfer.js';
import { TransferResource, TransferStepList } from '../transfers/transfer.dto.js';
import { Transactions } from './transactions.service.js';

@ApiTags('Operator')
@Controller(`${API}/operator/transactions`)
export class ReadTransactionController {
  constructor(private readonly transactions: Transactions) {}

  @Get(':id')
  @AllowAccess('operator')
  @ApiOperation({ operationId: 'readTransaction', summary: "Anybody's transfer" })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: TransferResource })
  @Problems('session', 'id')
  read(@Param('id', IdPipe) transferId: string, @Req() { session }: SignedInRequest): Promise<Transfer> {
    return this.transactions.read(transferId, session.customerId);
  }

  @Get(':id/events')
  @AllowAccess('operator')
  @ApiOperation({ operationId: 'listTransactionEvents', summary: "Anybody's transfer, step by step" })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: TransferStepList })
  @Problems('session', 'id')
  async events(@Param('id', IdPipe) transferId: string): Promise<TransferStepList> {
    return { data: await this.transactions.steps(transferId) };
  }
}
