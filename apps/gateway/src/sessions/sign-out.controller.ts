import { Controller, Delete, HttpCode, Req } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { AllowAccess } from './access.decorator.js';
import { SessionStore } from './session.store.js';
import type { SignedInRequest } from './session.js';

@ApiTags('Customers and sessions')
@Controller(`${API}/sessions`)
export class SignOutController {
  constructor(private readonly sessions: SessionStore) {}

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
  }
}
