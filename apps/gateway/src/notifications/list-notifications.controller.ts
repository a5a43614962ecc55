import { Controller, Get, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { INBOX_QUESTIONS } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { Problems } from '../documentation/problems.decorator.js';
import { API } from '../http/address.js';
import { linkNextPage } from '../http/paging.js';
import { Questions } from '../http/questions.js';
import { AllowAccess } from '../sessions/access.decorator.js';
import type { SignedInRequest } from '../sessions/session.js';
import { ListNotificationsQuery, NotificationPage } from './notification.dto.js';
import { notificationOf } from './notification.js';

@ApiTags('Notifications')
@Controller(`${API}/notifications`)
export class ListNotificationsController {
  constructor(private readonly questions: Questions) {}

  @Get()
  @AllowAccess('signed-in')
  @ApiOperation({ operationId: 'listNotifications', summary: 'Your inbox, newest first' })
  @ApiOkResponse({ type: NotificationPage, headers: { Link: { schema: { type: 'string' } } } })
  @Problems('session', 'page')
  async list(
    @Query() { unread, limit, cursor }: ListNotificationsQuery,
    @Req() request: SignedInRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NotificationPage> {
    const { customerId } = request.session;
    const question = { customerId, unreadOnly: unread, limit, cursor };
    const options = { key: customerId, about: 'notification' };
    const page = await this.questions.ask(INBOX_QUESTIONS.list, question, options);
    linkNextPage(request, reply, page);
    const { nextCursor, unreadCount } = page;
    return { data: page.data.map(notificationOf), nextCursor, unreadCount };
  }
}
