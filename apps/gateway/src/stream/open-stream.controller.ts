import { Controller, Get, Headers, Req, Res } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { StreamHub } from './stream-hub.service.js';

const EXAMPLE = `event: hello
retry: 2000
data: {}

event: notification
id: 17
data: {"id":"…","ordinal":"17","type":"transfer_received","title":"…"}

event: unread
data: {"unreadCount":2}

event: transfer
data: {"id":"…","status":"completed","balances":[{"accountId":"…","balance":{"amount":"87.70","currency":"EUR"},"version":"8"}]}
`;

@ApiTags('Notifications')
@Controller(`${API}/stream`)
export class OpenStreamController {
  constructor(private readonly hub: StreamHub) {}

  @Get()
  @AllowAccess('signed-in')
  @ApiOperation({
    operationId: 'openStream',
    summary: 'What happens to you, as it happens (server-sent events)',
    description:
      '`hello` first. `notification`: a new line of your inbox, whose `id` is its ordinal; they come in order and without gaps. `unread`: you have read in your inbox, perhaps elsewhere; how many are left. `transfer`: a transfer of yours ended, with what your accounts hold after it, each with a version: keep the highest. A quiet stream carries a comment every 25 seconds. It ends with its session; more than ten of one customer end the oldest.',
  })
  @ApiHeader({
    name: 'Last-Event-ID',
    required: false,
    description: 'The ordinal of the last notification you have: the ones after it are told first.',
    schema: { type: 'string', example: '17' },
  })
  @ApiOkResponse({
    description: 'A stream that does not end by itself.',
    content: { 'text/event-stream': { schema: { type: 'string', example: EXAMPLE } } },
  })
  @Problems('session')
  open(
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: SignedInRequest,
    @Res() reply: FastifyReply,
  ): void {
    this.hub.open(reply, request.session, lastEventId);
  }
}
