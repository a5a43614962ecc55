import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { IdPipe } from '../http/id.pipe.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { ReadTransferService } from './read-transfer.service.js';
import { LOOK_AGAIN_SECONDS } from './transfer-answer.js';
import type { Transfer } from './transfer.js';
import { TransferResource } from './transfer.dto.js';

@ApiTags('Transfers')
@Controller(`${API}/transfers`)
export class ReadTransferController {
  constructor(private readonly service: ReadTransferService) {}

  @Get(':id')
  @AllowAccess('customer')
  @ApiOperation({ operationId: 'readTransfer', summary: 'One transfer of yours, sent or received' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({
    type: TransferResource,
    headers: { 'Retry-After': { description: 'While it is pending.', schema: { type: 'integer' } } },
  })
  @Problems('session', 'id')
  async read(
    @Param('id', IdPipe) transferId: string,
    @Req() { session }: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Transfer> {
    const transfer = await this.service.read(transferId, session.customerId);
    if (transfer.status === 'pending') reply.header('retry-after', LOOK_AGAIN_SECONDS);
    return transfer;
  }
}
