import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { TRANSFER_QUESTIONS } from '@kopeck/contracts';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { IdPipe } from '../http/id.pipe.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import { transferOfView, type Transfer } from '../transfers/transfer.js';
import { TransferResource, TransferStepList } from '../transfers/transfer.dto.js';

@ApiTags('Operator')
@Controller(`${API}/operator/transactions`)
export class ReadTransactionController {
  constructor(private readonly questions: Questions) {}

  @Get(':id')
  @AllowAccess('operator')
  @ApiOperation({ operationId: 'readTransaction', summary: "Anybody's transfer" })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: TransferResource })
  @Problems('session', 'id')
  async read(@Param('id', IdPipe) transferId: string): Promise<Transfer> {
    const options = { key: transferId, about: 'transfer' };
    return transferOfView(
      await this.questions.ask(TRANSFER_QUESTIONS.read, { transferId }, options),
      'operator',
    );
  }

  @Get(':id/events')
  @AllowAccess('operator')
  @ApiOperation({ operationId: 'listTransactionEvents', summary: "Anybody's transfer, step by step" })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: TransferStepList })
  @Problems('session', 'id')
  async events(@Param('id', IdPipe) transferId: string): Promise<TransferStepList> {
    const options = { key: transferId, about: 'transfer' };
    return { data: await this.questions.ask(TRANSFER_QUESTIONS.steps, { transferId }, options) };
  }
}
