import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { isPageAddress } from '../http/address.js';
import { Problem } from '../http/problem.js';
import { RateLimit } from '../http/rate-limit.js';
import { Visits } from '../pages/visits/visits.service.js';
import { ACCESS, type Access } from './access.decorator.js';
import { SessionStore } from './session.store.js';
import { bearerTokenOf, type CurrentSession, type SignedInRequest } from './session.js';

/** Lets through only who the route was declared for; a route that declares nothing lets nobody through. */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    private readonly sessions: SessionStore,
    private readonly rateLimit: RateLimit,
    private readonly visits: Visits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Kafka handlers have no callers to tell apart.
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const access = accessOf(context);
    if (isPageAddress(request.url)) return this.canVisit(request, reply, access);
    const session = access === 'anyone' ? undefined : await this.sessionOf(request);
    await this.rateLimit.count(request, reply, session ? session.tokenHash : request.ip);
    if (access === 'anyone') return true;
    admit(access, session);
    request.session = session;
    return true;
  }

  /** Pages know the session by its cookie, which a browser sends whoever asks it to; so a form has to be one of ours. */
  private async canVisit(
    request: SignedInRequest,
    reply: FastifyReply,
    access: Access | undefined,
  ): Promise<boolean> {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead && !this.visits.isOurForm(request)) {
      throw new Problem(
        'cross_site_request',
        'Nothing was done: the form is not one of an open page of ours.',
      );
    }
    const session = await this.visits.sessionOf(request);
    await this.rateLimit.count(request, reply, session ? session.tokenHash : request.ip);
    this.visits.begin(request, reply, session);
    if (access === 'anyone') return true;
    admit(access, session);
    request.session = session;
    return true;
  }

  private async sessionOf(request: SignedInRequest): Promise<CurrentSession | undefined> {
    const token = bearerTokenOf(request.headers.authorization);
    return token === undefined ? undefined : this.sessions.find(token);
  }
}

function accessOf(context: ExecutionContext): Access | undefined {
  const onRoute: unknown = Reflect.getMetadata(ACCESS, context.getHandler());
  return (onRoute ?? Reflect.getMetadata(ACCESS, context.getClass())) as Access | undefined;
}

function admit(access: Access | undefined, session: CurrentSession | undefined): asserts session {
  if (!session) {
    throw new Problem(
      'unauthenticated',
      'Sign in (POST /api/v1/sessions) and send the token as "Authorization: Bearer <token>". A session ends after 30 minutes without a request.',
    );
  }
  if (access === undefined) throw new Problem('forbidden', 'This address is open to nobody.');
  if (access !== 'signed-in' && access !== session.role) {
    throw new Problem(
      'forbidden',
      `This address is for the role "${access}"; you are signed in as "${session.role}".`,
    );
  }
}
