import { Controller, Get, Headers, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { SignedInRequest } from '../../sessions/session.js';
import { StreamHub } from '../../stream/stream-hub.service.js';
import { AllowVisit } from '../visits/page.decorator.js';

/** Live updates of open pages: the API's stream for who has a cookie instead of a token. Not a page, so nothing is counted for it. */
@Controller('stream')
@ApiExcludeController()
export class LivePageController {
  constructor(private readonly hub: StreamHub) {}

  @Get()
  @AllowVisit('signed-in')
  open(
    @Headers('last-event-id') lastEventId: string | undefined,
    @Req() request: SignedInRequest,
    @Res() reply: FastifyReply,
  ): void {
    this.hub.open(reply, request.session, lastEventId);
  }
}
