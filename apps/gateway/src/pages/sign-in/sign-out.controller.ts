import { Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { SessionStore } from '../../sessions/session.store.js';
import { Pages } from '../rendering/pages.service.js';
import { PageCookies } from '../visits/page-cookies.js';
import { AllowVisit, FormPost, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { Visit } from '../visits/visit.js';

@PageController()
export class SignOutPageController {
  constructor(
    private readonly pages: Pages,
    private readonly cookies: PageCookies,
    private readonly sessions: SessionStore,
  ) {}

  /** Also for who is signed out by now: they want to be. */
  @FormPost('sign-out')
  @AllowVisit('anyone')
  async signOut(
    @ThisVisit() { session }: Visit,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    if (session) await this.sessions.end(session);
    this.cookies.clear(reply, 'session');
    this.pages.goTo(reply, '/sign-in', 'signedOut');
  }
}
