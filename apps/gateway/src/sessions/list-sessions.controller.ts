import { Controller, Get, Req } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { AllowAccess } from './access.decorator.js';
import { ListedSessionList, ListedSessionResource } from './session.dto.js';
import { SessionStore } from './session.store.js';
import type { SignedInRequest } from './session.js';

@ApiTags('Customers and sessions')
@Controller(`${API}/sessions`)
export class ListSessionsController {
  constructor(private readonly sessions: SessionStore) {}

  @Get()
  @AllowAccess('signed-in')
  @ApiOperation({ operationId: 'listSessions', summary: 'Where you are signed in' })
  @ApiOkResponse({ type: ListedSessionList })
  @Problems('session')
  async list(@Req() { session }: SignedInRequest): Promise<ListedSessionList> {
    const sessions = await this.sessions.list(session.customerId);
    return { data: sessions.map((one) => ListedSessionResource.of(one, session)) };
  }
}
