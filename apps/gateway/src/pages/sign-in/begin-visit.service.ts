import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../http/problem.js';
import { SignInService, type SignedIn } from '../../sessions/sign-in.service.js';
import type { FieldFault } from '../components/field-fault.js';
import type { Words } from '../language/words.js';
import { homeOf } from '../layout/places.js';
import { FormDrafts } from '../visits/form-drafts.js';
import { PageCookies } from '../visits/page-cookies.js';
import { ownPathOf, withParameter } from '../visits/own-path.js';
import type { Visit } from '../visits/visit.js';
import type { Credentials } from './sign-in-form.js';

/** Where somebody goes after signing in, and what is said there. */
export interface Goal {
  readonly path: string;
  readonly flash?: keyof Words['flash'];
}

/** Turns a right password into a session that the browser's cookie names. */
@Injectable()
export class BeginVisitService {
  constructor(
    private readonly service: SignInService,
    private readonly cookies: PageCookies,
    private readonly drafts: FormDrafts,
  ) {}

  /** @returns what is wrong, in the person's words; the same for a wrong password and an unknown address. */
  async signIn(
    credentials: Credentials,
    { words, formats }: Visit,
    request: FastifyRequest,
  ): Promise<SignedIn | { readonly faults: readonly FieldFault[] }> {
    try {
      return await this.service.signIn(credentials, request.ip, request.headers['user-agent']);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      if (error.code === 'invalid_credentials')
        return { faults: [{ field: 'password', text: words.signIn.wrong }] };
      if (error.code !== 'rate_limited') throw error;
      const seconds = formats.number(error.retryAfterSeconds ?? 0);
      return { faults: [{ field: 'password', text: words.signIn.wait(seconds) }] };
    }
  }

  /** Gives the browser its cookies, and finds out where the person wanted to go. */
  async welcome(
    reply: FastifyReply,
    request: FastifyRequest,
    { token, customer }: SignedIn,
    { next, draft }: { readonly next?: string; readonly draft?: string },
  ): Promise<Goal> {
    this.cookies.write(reply, 'session', token);
    // Who chose a language in this browser keeps it; else the customer's own.
    if (this.cookies.read(request, 'language') === undefined)
      this.cookies.write(reply, 'language', customer.language);
    const interrupted = draft === undefined ? undefined : this.drafts.opened(draft);
    const page = ownPathOf(interrupted?.page);
    if (!interrupted || page === undefined) return { path: next ?? homeOf(customer.role) };
    const draftId = await this.drafts.keep(customer.customerId, interrupted.fields);
    return { path: withParameter(page, 'draft', draftId), flash: 'draftRestored' };
  }
}
