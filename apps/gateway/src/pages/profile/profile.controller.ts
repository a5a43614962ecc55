import { Get, Param, Res } from '@nestjs/common';
import { CUSTOMER_QUESTIONS, INBOX_QUESTIONS, type CustomerView, type InboxItem } from '@kopeck/contracts';
import type { FastifyReply } from 'fastify';
import { IdPipe } from '../../http/id.pipe.js';
import { Questions } from '../../http/questions.js';
import { SecurityEvents } from '../../sessions/security-events.service.js';
import { ListedSessionResource } from '../../sessions/session.dto.js';
import { SessionStore } from '../../sessions/session.store.js';
import { sessionIdOf } from '../../sessions/session.js';
import { Pages } from '../rendering/pages.service.js';
import { unlessAway } from '../rendering/unless-away.js';
import { PageCookies } from '../visits/page-cookies.js';
import { AllowVisit, FormPost, PageController } from '../visits/page.decorator.js';
import { ThisVisit } from '../visits/visit.decorator.js';
import type { SignedInVisit } from '../visits/visit.js';
import { ProfilePage } from './profile.page.js';

/** How far back in the inbox, and how many of what is found there. */
const LOOKED_AT = 100;
const MOST_EVENTS = 5;
/** The page can do without. */
const TIMEOUT_MS = 2_000;

@PageController('profile')
export class ProfilePageController {
  constructor(
    private readonly pages: Pages,
    private readonly questions: Questions,
    private readonly sessions: SessionStore,
    private readonly events: SecurityEvents,
    private readonly cookies: PageCookies,
  ) {}

  @Get()
  @AllowVisit('signed-in')
  async show(
    @ThisVisit() visit: SignedInVisit,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const [customer, events, sessions] = await Promise.all([
      this.customerOf(visit),
      this.eventsOf(visit),
      this.sessions.list(visit.session.customerId),
    ]);
    const listed = sessions.map((session) => ListedSessionResource.of(session, visit.session));
    return this.pages.show(visit, reply, ProfilePage, { customer, events, sessions: listed });
  }

  @FormPost('sessions/end')
  @AllowVisit('signed-in')
  async endAll(
    @ThisVisit() { session }: SignedInVisit,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.sessions.endAll(session.customerId);
    this.events.tell('sessions_ended', session.customerId, session.device);
    this.cookies.clear(reply, 'session');
    this.pages.goTo(reply, '/sign-in', 'signedOutEverywhere');
  }

  @FormPost('sessions/:id/end')
  @AllowVisit('signed-in')
  async endOne(
    @ThisVisit() { session }: SignedInVisit,
    @Param('id', IdPipe) sessionId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const wasThere = await this.sessions.endOne(session.customerId, sessionId);
    if (sessionId !== sessionIdOf(session))
      return this.pages.goTo(reply, '/profile', wasThere ? 'sessionEnded' : 'sessionGone');
    this.cookies.clear(reply, 'session');
    this.pages.goTo(reply, '/sign-in', 'signedOut');
  }

  private customerOf({ session: { customerId } }: SignedInVisit): Promise<CustomerView | undefined> {
    const options = { key: customerId, about: 'customer', timeoutMs: TIMEOUT_MS };
    return unlessAway<CustomerView>(this.questions.ask(CUSTOMER_QUESTIONS.read, { customerId }, options));
  }

  /** Sign-ins and other news of one's own access, from the inbox, where they stay. */
  private async eventsOf({ session: { customerId } }: SignedInVisit): Promise<InboxItem[] | undefined> {
    const options = { key: customerId, about: 'notification', timeoutMs: TIMEOUT_MS };
    const request = { customerId, limit: LOOKED_AT };
    const inbox = await unlessAway(this.questions.ask(INBOX_QUESTIONS.list, request, options));
    return inbox?.data.filter(({ category }) => category === 'security').slice(0, MOST_EVENTS);
  }
}
