import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Problems } from '../documentation/problems.decorator.js';
import { addressOf, API } from '../http/address.js';
import { idempotencyKeyOf } from '../http/idempotency-key.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { CreateQuoteService } from './create-quote.service.js';
import { CreateQuoteBody, QuoteResource } from './quote.dto.js';

@ApiTags('Conversions')
@Controller(`${API}/quotes`)
export class CreateQuoteController {
  constructor(private readonly service: CreateQuoteService) {}

  @Post()
  @AllowAccess('customer')
  @ApiOperation({
    operationId: 'createQuote',
    summary: 'Ask for a price that holds',
    description:
      'Moves no money. `POST /conversions` with its id does, once, until it expires. Accounts are checked then.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'With the same key a repeat gets the same quote instead of a new one.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  })
  @ApiCreatedResponse({
    type: QuoteResource,
    headers: { Location: { description: 'Where the quote is.', schema: { type: 'string' } } },
  })
  @Problems(
    'session',
    'body',
    'idempotency_key_invalid',
    'idempotency_key_reused',
    'currency_mismatch',
    'limit_exceeded',
    'rate_unknown',
    'rates_unavailable',
    'amount_too_small',
  )
  async create(
    @Body() body: CreateQuoteBody,
    @Req() { headers, session }: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<QuoteResource> {
    const quote = await this.service.create(body, session.customerId, idempotencyKeyOf(headers));
    reply.header('location', addressOf(`quotes/${quote.id}`));
    return quote;
  }
}
