import { randomUUID } from 'node:crypto';
import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ACCOUNT_QUESTIONS, accountIdOf } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { Problems } from '../documentation/problems.decorator.js';
import { addressOf, API } from '../http/address.js';
import { entityTagOf } from '../http/entity-tag.js';
import { idempotencyKeyOf } from '../http/idempotency-key.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { AccountResource, OpenAccountBody } from './account.dto.js';

@ApiTags('Accounts')
@Controller(`${API}/accounts`)
export class OpenAccountController {
  constructor(private readonly questions: Questions) {}

  @Post()
  @AllowAccess('customer')
  @ApiOperation({ operationId: 'openAccount', summary: 'Open an account' })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'With the same key a repeat finds the account already open instead of opening another.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  })
  @ApiCreatedResponse({ type: AccountResource })
  @Problems('session', 'body', 'idempotency_key_invalid', 'idempotency_key_reused', 'state_conflict')
  async open(
    @Body() { currency, name }: OpenAccountBody,
    @Req() { headers, session }: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccountResource> {
    const { customerId } = session;
    const key = idempotencyKeyOf(headers);
    const accountId = key === undefined ? randomUUID() : accountIdOf(customerId, key);
    const view = await this.questions.ask(
      ACCOUNT_QUESTIONS.open,
      { accountId, customerId, currency, name: name ?? `${currency} account` },
      { key: accountId, about: 'account' },
    );
    reply.headers({ location: addressOf(`accounts/${accountId}`), etag: entityTagOf(view.revision) });
    return AccountResource.of(view);
  }
}
