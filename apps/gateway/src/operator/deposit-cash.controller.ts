import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { isOfferedCurrency, OFFERED_CURRENCIES, systemAccountIdOf } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { addressOf, API } from '../http/address.js';
import { requiredIdempotencyKeyOf } from '../http/idempotency-key.js';
import { Problem } from '../http/problem.js';
import { waitPreferenceOf } from '../http/wait-preference.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { CreateTransferService } from '../transfers/create-transfer.service.js';
import { InstructionContract } from '../transfers/instruction-contract.decorator.js';
import { sendAnswer, type TransferAnswer } from '../transfers/transfer-answer.js';
import { CashDepositBody, TransferResource } from '../transfers/transfer.dto.js';

@ApiTags('Operator')
@Controller(`${API}/operator/cash-deposits`)
export class DepositCashController {
  constructor(private readonly service: CreateTransferService) {}

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
    const answer = await this.service.create({
      customerId: session.customerId,
      idempotencyKey,
      kind: 'cash_deposit',
      debitAccountId: systemAccountIdOf('cash', offered(body.instructedAmount.currency)),
      body,
      waitMs,
      locationOf: (transferId) => addressOf(`operator/transactions/${transferId}`),
    });
    return sendAnswer(reply, answer, applied);
  }
}

/** The bank has a till only for the currencies it offers. */
function offered(currency: string): string {
  if (isOfferedCurrency(currency)) return currency;
  const detail = `The bank has no cash in ${currency}, only in ${OFFERED_CURRENCIES.join(', ')}.`;
  throw new Problem('validation_failed', detail, {
    errors: [{ detail, pointer: '#/instructedAmount/currency' }],
  });
}
