import { Body, Get, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { homeOf } from '../layout/places.js';
import { Pages } from '../rendering/pages.service.js';
import { FormFields } from '../visits/form-fields.js';
import { ownPathOf } from '../visits/own-path.js';
import { AllowVisit, FormPost, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { Visit } from '../visits/visit.js';
import { BeginVisitService } from './begin-visit.service.js';
import { emailOf, faultsOfSignIn } from './sign-in-form.js';
import { SignInPage } from './sign-in.page.js';

/** Room for a sealed form; ordinary fields have far less. */
const MAX_SEALED_LENGTH = 12_000;

@PageController()
export class SignInPageController {
  constructor(
    private readonly pages: Pages,
    private readonly begin: BeginVisitService,
  ) {}

  @Get('sign-in')
  @AllowVisit('anyone')
  show(
    @ThisVisit() visit: Visit,
    @Query('next') next: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): string | void {
    const goal = ownPathOf(next);
    if (visit.session) return this.pages.goTo(reply, goal ?? homeOf(visit.session.role));
    return this.pages.show(visit, reply, SignInPage, { next: goal });
  }

  @FormPost('sign-in')
  @AllowVisit('anyone')
  async signIn(
    @ThisVisit() visit: Visit,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const fields = new FormFields(body);
    const email = emailOf(fields.text('email'));
    const password = fields.raw('password');
    const next = ownPathOf(fields.text('next'));
    const draft = fields.raw('draft', MAX_SEALED_LENGTH) || undefined;
    const wrong = faultsOfSignIn({ email, password }, visit.words);
    const outcome =
      wrong.length > 0 ? { faults: wrong } : await this.begin.signIn({ email, password }, visit, request);
    if ('faults' in outcome) {
      const { faults } = outcome;
      return this.pages.show(visit, reply, SignInPage, { next, draft, email, faults }, 422);
    }
    const goal = await this.begin.welcome(reply, request, outcome, { next, draft });
    return this.pages.goTo(reply, goal.path, goal.flash);
  }
}
