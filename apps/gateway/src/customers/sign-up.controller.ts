import { Body, Controller, Post, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problems } from '../documentation/problems.decorator.js';
import { addressOf, API } from '../http/address.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import { CustomerResource, SignUpBody } from './customer.dto.js';
import { SignUpService } from './sign-up.service.js';

@ApiTags('Customers and sessions')
@Controller(`${API}/customers`)
export class SignUpController {
  constructor(private readonly service: SignUpService) {}

  @Post()
  @AllowAccess('anyone')
  @ApiOperation({ operationId: 'signUp', summary: 'Become a customer' })
  @ApiCreatedResponse({ type: CustomerResource })
  @Problems('body', 'email_taken', 'rate_limited')
  async signUp(
    @Body() body: SignUpBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CustomerResource> {
    const customer = await this.service.signUp(body, request.ip);
    reply.header('location', addressOf('me'));
    return CustomerResource.of(customer);
  }
}
