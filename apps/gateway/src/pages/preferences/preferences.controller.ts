import { Body, Get, Query, Res } from '@nestjs/common';
import { PREFERENCE_QUESTIONS, type PreferencesView } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { Problem } from '../../http/problem.js';
import { Questions } from '../../http/questions.js';
import type { FieldFault } from '../components/field-fault.js';
import { Pages } from '../rendering/pages.service.js';
import { unlessAway } from '../rendering/unless-away.js';
import { FormDrafts } from '../visits/form-drafts.js';
import { FormFields } from '../visits/form-fields.js';
import { AllowVisit, FormPost, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { SignedInVisit } from '../visits/visit.js';
import { ContactFactsService } from './contact-facts.service.js';
import { readPreferences, typedOf, type TypedPreferences } from './preference-form.js';
import { PreferencesPage } from './preferences.page.js';

@PageController('preferences')
export class PreferencesPageController {
  constructor(
    private readonly pages: Pages,
    private readonly questions: Questions,
    private readonly contacts: ContactFactsService,
    private readonly drafts: FormDrafts,
  ) {}

  @Get()
  @AllowVisit('signed-in')
  async show(
    @ThisVisit() visit: SignedInVisit,
    @Query('draft') draftId: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { customerId } = visit.session;
    const [saved, contacts, draft] = await Promise.all([
      unlessAway(this.read(visit)),
      this.contacts.read(customerId),
      this.drafts.read(customerId, draftId),
    ]);
    const typed = draft ?? (saved && typedOf(saved));
    return this.pages.show(visit, reply, PreferencesPage, { typed, contacts });
  }

  @FormPost()
  @AllowVisit('signed-in')
  async save(
    @ThisVisit() visit: SignedInVisit,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const typed = new FormFields(body).kept();
    const saved = await this.read(visit);
    const read = readPreferences(typed, saved, visit.session.role, visit);
    if ('faults' in read) return this.showAgain(visit, reply, typed, read.faults);
    const change = {
      ...read.change,
      customerId: visit.session.customerId,
      revision: typed['revision'] ?? '',
    };
    try {
      await this.questions.ask(PREFERENCE_QUESTIONS.change, change, optionsOf(visit));
    } catch (error) {
      return this.showRefused(visit, reply, typed, error);
    }
    return this.pages.goTo(reply, '/preferences', 'preferencesSaved');
  }

  /** What was chosen stays; it's now based on what is there, so that saving it once more is meant. */
  private async showRefused(
    visit: SignedInVisit,
    reply: FastifyReply,
    typed: TypedPreferences,
    error: unknown,
  ): Promise<string> {
    const { preferences } = visit.words;
    if (!(error instanceof Problem)) throw error;
    if (error.code === 'validation_failed')
      return this.showAgain(visit, reply, typed, [{ text: preferences.notTaken }]);
    if (error.code !== 'stale_version') throw error;
    const { revision } = await this.read(visit);
    return this.showAgain(visit, reply, { ...typed, revision }, [{ text: preferences.stale }]);
  }

  private async showAgain(
    visit: SignedInVisit,
    reply: FastifyReply,
    typed: TypedPreferences,
    faults: readonly FieldFault[],
  ): Promise<string> {
    const contacts = await this.contacts.read(visit.session.customerId);
    return this.pages.show(visit, reply, PreferencesPage, { typed, contacts, faults }, 422);
  }

  private read(visit: SignedInVisit): Promise<PreferencesView> {
    const { customerId } = visit.session;
    return this.questions.ask(PREFERENCE_QUESTIONS.read, { customerId }, optionsOf(visit));
  }
}

function optionsOf({ session }: SignedInVisit) {
  return { key: session.customerId, about: 'preferences' };
}
