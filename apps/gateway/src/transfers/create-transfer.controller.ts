import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { addressOf, API } from '../http/address.js';
import { requiredIdempotencyKeyOf } from '../http/idempotency-key.js';
import { waitPreferenceOf } from '../http/wait-preference.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { CreateTransferService } from './create-transfer.service.js';
import { InstructionContract } from './instruction-contract.decorator.js';
import { sendAnswer, type TransferAnswer } from './transfer-answer.js';
import { CreateTransferBody, TransferResource } from './transfer.dto.js';

@ApiTags('Transfers')
@Controller(`${API}/transfers`)
export class CreateTransferController {
  constructor(private readonly service: CreateTransferService) {}

  @Post()
  @AllowAccess('customer')
  @ApiOperation({ operationId: 'createTransfer', summary: 'Send money' })
  @InstructionContract(TransferResource)
  async create(
    @Body() body: CreateTransferBody,
    @Req() { headers, session }: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TransferAnswer['body']> {
    const idempotencyKey = requiredIdempotencyKeyOf(headers);
    const { waitMs, applied } = waitPreferenceOf(headers['prefer']);
    const answer = await this.service.create({
      customerId: session.customerId,
      idempotencyKey,
      kind: 'transfer',
      debitAccountId: body.debitAccountId,
      body,
      waitMs,
      locationOf: addressOfTransfer,
    });
    return sendAnswer(reply, answer, applied);
  }
}

export function addressOfTransfer(transferId: string): string {
  return addressOf(`transfers/${transferId}`);
}
