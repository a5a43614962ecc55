import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CustomerResource } from '../customers/customer.dto.js';
import { Problems } from '../documentation/problems.decorator.js';
import { addressOf, API } from '../http/address.js';
import { AllowAccess } from './access.decorator.js';
import { SessionResource, SignInBody } from './session.dto.js';
import { SignInService } from './sign-in.service.js';

@ApiTags('Customers and sessions')
@Controller(`${API}/sessions`)
export class SignInController {
  constructor(private readonly service: SignInService) {}

  @Post()
  @AllowAccess('anyone')
  @ApiOperation({
    operationId: 'signIn',
    summary: 'Sign in',
    description:
      'After five wrong attempts further ones have to wait, longer each time (429 with Retry-After).',
  })
  @ApiCreatedResponse({ type: SessionResource })
  @Problems('body', 'invalid_credentials', 'rate_limited')
  async signIn(
    @Body() body: SignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionResource> {
    const userAgent = request.headers['user-agent'];
    const { token, endsAtMs, customer } = await this.service.signIn(body, request.ip, userAgent);
    reply.header('location', addressOf('sessions/current'));
    return { token, expiresAt: new Date(endsAtMs).toISOString(), customer: CustomerResource.of(customer) };
  }
}
