import { Body, Get, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SignUpService } from '../../customers/sign-up.service.js';
import { Problem } from '../../http/problem.js';
import { Pages } from '../rendering/pages.service.js';
import { FormFields } from '../visits/form-fields.js';
import { AllowVisit, FormPost, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { Visit } from '../visits/visit.js';
import { BeginVisitService } from './begin-visit.service.js';
import { emailOf, faultsOfSignUp } from './sign-in-form.js';
import { SignUpPage, type SignUpPageProps } from './sign-up.page.js';

const NOTHING_TYPED: SignUpPageProps = {};

@PageController()
export class SignUpPageController {
  constructor(
    private readonly pages: Pages,
    private readonly service: SignUpService,
    private readonly begin: BeginVisitService,
  ) {}

  @Get('sign-up')
  @AllowVisit('anyone')
  show(@ThisVisit() visit: Visit, @Res({ passthrough: true }) reply: FastifyReply): string {
    return this.pages.show(visit, reply, SignUpPage, NOTHING_TYPED);
  }

  @FormPost('sign-up')
  @AllowVisit('anyone')
  async signUp(
    @ThisVisit() visit: Visit,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string | void> {
    const fields = new FormFields(body);
    const typed = {
      name: fields.text('name'),
      email: emailOf(fields.text('email')),
      password: fields.raw('password'),
    };
    const again = (faults: SignUpPageProps['faults']) =>
      this.pages.show(visit, reply, SignUpPage, { name: typed.name, email: typed.email, faults }, 422);
    const wrong = faultsOfSignUp(typed, visit.words);
    if (wrong.length > 0) return again(wrong);
    try {
      await this.service.signUp({ ...typed, language: visit.language }, request.ip);
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'email_taken') throw error;
      return again([{ field: 'email', text: visit.words.signUp.emailTaken }]);
    }
    const signedIn = await this.begin.signIn(typed, visit, request);
    if ('faults' in signedIn) return this.pages.goTo(reply, '/sign-in');
    await this.begin.welcome(reply, request, signedIn, {});
    return this.pages.goTo(reply, '/accounts/new', 'signedUp');
  }
}
