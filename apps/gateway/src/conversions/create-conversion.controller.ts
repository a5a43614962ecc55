import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { API } from '../http/address.js';
import { requiredIdempotencyKeyOf } from '../http/idempotency-key.js';
import { waitPreferenceOf } from '../http/wait-preference.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { addressOfTransfer } from '../transfers/create-transfer.controller.js';
import { InstructionContract } from '../transfers/instruction-contract.decorator.js';
import { sendAnswer, type TransferAnswer } from '../transfers/transfer-answer.js';
import { TransferResource } from '../transfers/transfer.dto.js';
import { CreateConversionBody } from './conversion.dto.js';
import { CreateConversionService } from './create-conversion.service.js';

@ApiTags('Conversions')
@Controller(`${API}/conversions`)
export class CreateConversionController {
  constructor(private readonly service: CreateConversionService) {}

  @Post()
  @AllowAccess('customer')
  @ApiOperation({
    operationId: 'createConversion',
    summary: 'Take a quote: convert money, or send it in another currency',
    description:
      'One transfer at exactly the quote’s amounts. It is read, listed and followed like any other.',
  })
  @InstructionContract(TransferResource, 'quote_not_found', 'quote_expired', 'quote_used')
  async create(
    @Body() body: CreateConversionBody,
    @Req() { headers, session }: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<TransferAnswer['body']> {
    const idempotencyKey = requiredIdempotencyKeyOf(headers);
    const { waitMs, applied } = waitPreferenceOf(headers['prefer']);
    const answer = await this.service.create({
      customerId: session.customerId,
      idempotencyKey,
      body,
      waitMs,
      locationOf: addressOfTransfer,
    });
    return sendAnswer(reply, answer, applied);
  }
}
