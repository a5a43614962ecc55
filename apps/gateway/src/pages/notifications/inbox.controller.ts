import { Body, Get, Param, Query, Res } from '@nestjs/common';
import { INBOX_QUESTIONS, type InboxPage } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { IdPipe } from '../../http/id.pipe.js';
import { Questions } from '../../http/questions.js';
import { MarkReadService } from '../../notifications/mark-read.service.js';
import { Pages } from '../rendering/pages.service.js';
import { unlessAway } from '../rendering/unless-away.js';
import { FormFields } from '../visits/form-fields.js';
import { ownPathOf } from '../visits/own-path.js';
import { AllowVisit, FormPost, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { SignedInVisit } from '../visits/visit.js';
import { InboxPageView } from './inbox.page.js';

const LIMIT = 30;
const ORDINAL = /^\d{1,18}$/;

@PageController('notifications')
export class InboxPageController {
  constructor(
    private readonly pages: Pages,
    private readonly questions: Questions,
    private readonly marking: MarkReadService,
  ) {}

  @Get()
  @AllowVisit('signed-in')
  async show(
    @ThisVisit() visit: SignedInVisit,
    @Query('cursor') cursor: unknown,
    @Query('unread') unread: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const isUnreadOnly = unread === '1';
    const { customerId } = visit.session;
    const request = {
      customerId,
      limit: LIMIT,
      ...(isUnreadOnly && { unreadOnly: true }),
      ...(typeof cursor === 'string' && { cursor }),
    };
    const options = { key: customerId, about: 'notification' };
    const inbox = await unlessAway<InboxPage>(this.questions.ask(INBOX_QUESTIONS.list, request, options));
    const isContinued = cursor !== undefined;
    return this.pages.show(visit, reply, InboxPageView, { inbox, isUnreadOnly, isContinued });
  }

  /** Up to what was listed: what came since then stays new. */
  @FormPost('read')
  @AllowVisit('signed-in')
  async readAll(
    @ThisVisit() visit: SignedInVisit,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const upTo = new FormFields(body).text('upToOrdinal');
    await this.mark(visit, ORDINAL.test(upTo) ? { upToOrdinal: upTo } : {});
    this.pages.goTo(reply, '/notifications');
  }

  /** A form, not a link: looking at a page changes nothing, and this marks the notification as read. */
  @FormPost(':id/open')
  @AllowVisit('signed-in')
  async open(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) notificationId: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const goal = ownPathOf(new FormFields(body).text('goal'));
    const marked = this.mark(visit, { notificationIds: [notificationId] });
    // Who wants to see a payment sees it, even while nobody can note that its notification was read.
    await (goal === undefined ? marked : unlessAway(marked));
    this.pages.goTo(reply, goal ?? '/notifications');
  }

  private async mark(
    { session: { customerId } }: SignedInVisit,
    what: { notificationIds?: string[]; upToOrdinal?: string },
  ): Promise<void> {
    await this.marking.mark({ customerId, ...what });
  }
}
