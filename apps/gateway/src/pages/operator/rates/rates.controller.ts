import { Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { IdPipe } from '../../../http/id.pipe.js';
import { RateFeeds } from '../../../operator/rate-feeds.service.js';
import { Pages } from '../../rendering/pages.service.js';
import { AllowVisit, FormPost, PageController } from '../../visits/page.decorator.js';
import { ThisVisit } from '../../visits/visit.decorator.js';
import type { SignedInVisit } from '../../visits/visit.js';
import { People } from '../people.service.js';
import { FeedsPage } from './feeds.page.js';

@PageController('operator/rates')
export class RateFeedsPageController {
  constructor(
    private readonly pages: Pages,
    private readonly feeds: RateFeeds,
    private readonly people: People,
  ) {}

  @Get()
  @AllowVisit('operator')
  async show(
    @ThisVisit() visit: SignedInVisit,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const feeds = await this.feeds.list(visit.session.customerId);
    const operators = feeds.flatMap(({ overrides }) => overrides.map(({ operatorId }) => operatorId));
    const people = await this.people.findAll(operators);
    return this.pages.show(visit, reply, FeedsPage, { feeds, people });
  }

  @FormPost('overrides/:id/end')
  @AllowVisit('operator')
  async endOverride(
    @ThisVisit() { session }: SignedInVisit,
    @Param('id', IdPipe) overrideId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.feeds.endOverride(overrideId, session.customerId);
    this.pages.goTo(reply, '/operator/rates', 'overrideEnded');
  }
}
