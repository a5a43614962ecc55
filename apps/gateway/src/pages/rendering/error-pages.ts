import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pathOf } from '../../http/address.js';
import type { Problem } from '../../http/problem.js';
import type { Words } from '../language/words.js';
import { SignInPage } from '../sign-in/sign-in.page.js';
import { FormDrafts } from '../visits/form-drafts.js';
import { FormFields, PAGE_FIELD } from '../visits/form-fields.js';
import { ownPathOf, withParameter } from '../visits/own-path.js';
import type { Visit } from '../visits/visit.js';
import { Visits } from '../visits/visits.service.js';
import { ErrorPage } from './error-page.js';
import { PAGE_HEADERS } from './pages.service.js';
import { renderPage } from './render-page.js';

/** Answers a page's request that failed: in words of the person's language, or by letting them sign in first. */
@Injectable()
export class ErrorPages {
  constructor(
    private readonly visits: Visits,
    private readonly drafts: FormDrafts,
  ) {}

  async send(request: FastifyRequest, reply: FastifyReply, problem: Problem): Promise<void> {
    const visit = await this.visits.begunOrNobodys(request, reply);
    if (problem.retryAfterSeconds !== undefined)
      reply.header('retry-after', String(problem.retryAfterSeconds));
    if (problem.headers) reply.headers(problem.headers);
    reply.headers(PAGE_HEADERS);
    if (problem.code === 'unauthenticated') return this.askToSignIn(request, reply, visit);
    const { title, text } = wordsFor(visit.words, problem, request.method);
    const { status, retryAfterSeconds } = problem;
    const page = renderPage(visit, ErrorPage, { status, title, text, retryAfterSeconds });
    void reply.status(status).send(page);
  }

  /** What was typed into a form whose session has ended goes with the person through the sign-in, unreadable. */
  private askToSignIn(request: FastifyRequest, reply: FastifyReply, visit: Visit): void {
    if (request.method === 'GET' || request.method === 'HEAD') {
      const next = ownPathOf(request.url);
      const address =
        next === undefined || next === '/' ? '/sign-in' : withParameter('/sign-in', 'next', next);
      void reply.status(303).header('location', address).send();
      return;
    }
    const fields = new FormFields(request.body);
    const page = ownPathOf(fields.text(PAGE_FIELD)) ?? pathOf(request.url);
    const draft = this.drafts.sealed({ page, fields: fields.kept() });
    const html = renderPage(visit, SignInPage, { next: page, draft, isInterrupted: true });
    void reply.status(401).send(html);
  }
}

/** Unforeseen ones and those about the request's shape say no more than their kind. */
function wordsFor(words: Words, problem: Problem, method: string): { title: string; text: string } {
  const { kinds } = words.errors;
  switch (problem.status) {
    case 403:
      return problem.code === 'cross_site_request' ? kinds.foreignForm : kinds.forbidden;
    case 404:
    case 405:
      return kinds.notFound;
    case 409:
    case 412:
    case 428:
      return kinds.conflict;
    case 429:
      return kinds.tooMany;
    case 503:
      return problem.code === 'rates_unavailable' ? kinds.noRates : kinds.unavailable;
    case 504:
      return method === 'GET' ? kinds.late : kinds.unknownOutcome;
    case 500:
      return method === 'GET' ? kinds.broken : kinds.unknownOutcome;
    default:
      return kinds.unreadable;
  }
}
