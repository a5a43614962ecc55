import { Body, Get, Param, Query, Res } from '@nestjs/common';
import type { FeedView } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { IdPipe } from '../../../http/id.pipe.js';
import { Problem } from '../../../http/problem.js';
import { RateFeeds } from '../../../operator/rate-feeds.service.js';
import { Pages } from '../../rendering/pages.service.js';
import { FormDrafts } from '../../visits/form-drafts.js';
import { FormFields } from '../../visits/form-fields.js';
import { AllowVisit, FormPost, PageController } from '../../visits/page.decorator.js';
import { ThisVisit } from '../../visits/visit.decorator.js';
import type { SignedInVisit } from '../../visits/visit.js';
import { faultsOfDecision, isDecided, typedDecisionOf } from './decision-form.js';
import { HeldBulletinPage } from './held-bulletin.page.js';

/** Rates that jumped: an operator says whether they are to be believed. */
@PageController('operator/rates/held')
export class HeldBulletinsPageController {
  constructor(
    private readonly pages: Pages,
    private readonly feeds: RateFeeds,
    private readonly drafts: FormDrafts,
  ) {}

  @Get(':id')
  @AllowVisit('operator')
  async show(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) bulletinId: string,
    @Query('draft') draftId: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { customerId } = visit.session;
    const draft = await this.drafts.read(customerId, draftId);
    const feed = await this.heldFeed(bulletinId, customerId);
    return this.pages.show(visit, reply, HeldBulletinPage, { ...feed, typed: typedDecisionOf(draft ?? {}) });
  }

  @FormPost(':id')
  @AllowVisit('operator')
  async decide(
    @ThisVisit() visit: SignedInVisit,
    @Param('id', IdPipe) bulletinId: string,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const operatorId = visit.session.customerId;
    const typed = typedDecisionOf(new FormFields(body).kept());
    if (!isDecided(typed, visit.words)) {
      const faults = faultsOfDecision(typed, visit.words);
      const feed = await this.heldFeed(bulletinId, operatorId);
      return this.pages.show(visit, reply, HeldBulletinPage, { ...feed, typed, faults }, 422);
    }
    const isAccepted = typed.decision === 'accept';
    await this.feeds.decideHeld({ bulletinId, operatorId, isAccepted, reason: typed.reason });
    return this.pages.goTo(reply, '/operator/rates', isAccepted ? 'ratesAccepted' : 'ratesRejected');
  }

  /** @throws {Problem} `state_conflict`: somebody has decided, or newer rates have come. */
  private async heldFeed(bulletinId: string, operatorId: string) {
    const feeds = await this.feeds.list(operatorId);
    const found = feeds.find(({ held }) => held?.bulletinId === bulletinId);
    if (found?.held) return { source: found.source satisfies FeedView['source'], held: found.held };
    throw new Problem('state_conflict', 'These rates no longer wait for a decision.');
  }
}
