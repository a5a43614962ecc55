import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { addressOf, API } from '../http/address.js';
import { requiredIdempotencyKeyOf } from '../http/idempotency-key.js';
import { waitPreferenceOf } from '../http/wait-preference.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { InstructionContract } from '../transfers/instruction-contract.decorator.js';
import { sendAnswer, type TransferAnswer } from '../transfers/transfer-answer.js';
import { CashDepositBody, TransferResource } from '../transfers/transfer.dto.js';
import { DepositCashService } from './deposit-cash.service.js';

@ApiTags('Operator')
@Controller(`${API}/operator/cash-deposits`)
export class DepositCashController {
  constructor(private readonly service: DepositCashService) {}

  @Post()
  @AllowAccess('operator')
  @ApiOperation({ operationId: 'depositCash', summary: 'Book cash that a customer handed over' })
  @InstructionContract(TransferResource)
  async deposit(
    @Body() body: CashDepositBody,
    @Req() { headers, session }: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TransferAnswer['body']> {
    const idempotencyKey = requiredIdempotencyKeyOf(headers);
    const { waitMs, applied } = waitPreferenceOf(headers['prefer']);
    const answer = await this.service.deposit({
      operatorId: session.customerId,
      idempotencyKey,
      body,
      waitMs,
      locationOf: (transferId) => addressOf(`operator/transactions/${transferId}`),
    });
    return sendAnswer(reply, answer, applied);
  }
}
