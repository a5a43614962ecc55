import { Controller, Delete, HttpCode, Param, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { IdPipe } from '../http/id.pipe.js';
import { notFound } from '../http/problem.js';
import { AllowAccess } from './access.decorator.js';
import { SecurityEvents } from './security-events.service.js';
import { SessionStore } from './session.store.js';
import type { SignedInRequest } from './session.js';

@ApiTags('Customers and sessions')
@Controller(`${API}/sessions`)
export class SignOutController {
  constructor(
    private readonly sessions: SessionStore,
    private readonly events: SecurityEvents,
  ) {}

  @Delete('current')
  @HttpCode(204)
  @AllowAccess('signed-in')
  @ApiOperation({ operationId: 'signOut', summary: 'Sign out' })
  @ApiNoContentResponse({ description: 'The token no longer works.' })
  @Problems('session')
  async signOut(@Req() { session }: SignedInRequest): Promise<void> {
    await this.sessions.end(session);
  }

  @Delete()
  @HttpCode(204)
  @AllowAccess('signed-in')
  @ApiOperation({ operationId: 'signOutEverywhere', summary: 'Sign out everywhere' })
  @ApiNoContentResponse({ description: 'None of your tokens works any more.' })
  @Problems('session')
  async signOutEverywhere(@Req() { session }: SignedInRequest): Promise<void> {
    await this.sessions.endAll(session.customerId);
    this.events.tell('sessions_ended', session.customerId, session.device);
  }

  @Delete(':id')
  @HttpCode(204)
  @AllowAccess('signed-in')
  @ApiOperation({ operationId: 'endSession', summary: 'Sign out of one of your sessions' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse({ description: 'Its token no longer works.' })
  @Problems('session', 'id')
  async endOne(@Param('id', IdPipe) sessionId: string, @Req() { session }: SignedInRequest): Promise<void> {
    if (!(await this.sessions.endOne(session.customerId, sessionId))) throw notFound('session');
  }
}
