import { randomUUID } from 'node:crypto';
import { Body, Get, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { GatewaySettings } from '../../../gateway.settings.js';
import { Problem } from '../../../http/problem.js';
import { RateFeeds } from '../../../operator/rate-feeds.service.js';
import type { FieldFault } from '../../components/field-fault.js';
import { Pages } from '../../rendering/pages.service.js';
import { FormDrafts, type Draft } from '../../visits/form-drafts.js';
import { FormFields } from '../../visits/form-fields.js';
import { AllowVisit, FormPost, PageController } from '../../visits/page.decorator.js';
import { ThisVisit } from '../../visits/visit.decorator.js';
import type { SignedInVisit } from '../../visits/visit.js';
import { isFormKey } from '../form-key.js';
import { localOfInstant } from './local-moment.js';
import { faultsOfProblem, readOverride, typedOverrideOf, type TypedOverride } from './override-form.js';
import { OverridePage } from './override.page.js';

const DAY_MS = 86_400_000;

/** A currency's price set by hand, for a while. */
@PageController('operator/rates/overrides')
export class RateOverridesPageController {
  constructor(
    private readonly pages: Pages,
    private readonly feeds: RateFeeds,
    private readonly drafts: FormDrafts,
    @Inject(GatewaySettings) private readonly settings: GatewaySettings,
  ) {}

  @Get()
  @AllowVisit('operator')
  async show(
    @ThisVisit() visit: SignedInVisit,
    @Query('draft') draftId: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const draft = await this.drafts.read(visit.session.customerId, draftId);
    const tomorrow = localOfInstant(visit.nowMs + DAY_MS, this.settings.TIME_ZONE);
    return this.form(visit, reply, typedOf(draft ?? { expiresAt: tomorrow }));
  }

  @FormPost('')
  @AllowVisit('operator')
  async set(
    @ThisVisit() visit: SignedInVisit,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const typed = typedOf(new FormFields(body).kept());
    const { words, nowMs } = visit;
    const read = readOverride(typed, { words, nowMs, timeZone: this.settings.TIME_ZONE });
    if ('faults' in read) return this.form(visit, reply, typed, read.faults);
    try {
      await this.feeds.setOverride(visit.session.customerId, typed.key, read.wanted);
    } catch (error) {
      const faults = error instanceof Problem ? faultsOfProblem(error, words) : undefined;
      if (!faults) throw error;
      return this.form(visit, reply, { ...typed, key: randomUUID() }, faults);
    }
    return this.pages.goTo(reply, '/operator/rates', 'overrideSet');
  }

  private form(
    visit: SignedInVisit,
    reply: FastifyReply,
    typed: TypedOverride,
    faults?: readonly FieldFault[],
  ): string {
    const props = { typed, faults, timeZone: this.settings.TIME_ZONE };
    return this.pages.show(visit, reply, OverridePage, props, faults ? 422 : 200);
  }
}

function typedOf(draft: Draft): TypedOverride {
  const { key } = draft;
  return typedOverrideOf(draft, isFormKey(key) ? key : randomUUID());
}
