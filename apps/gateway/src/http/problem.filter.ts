import { Catch, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { currentTrace } from '@kopeck/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { throwError, type Observable } from 'rxjs';
import { ErrorPages } from '../pages/rendering/error-pages.js';
import { isPageAddress, pathOf } from './address.js';
import { isUnforeseen, problemOf } from './problem-of.js';
import { PROBLEM_MEDIA_TYPE, Problem } from './problem.js';
import { allowedMethods } from './routes.js';

/**
 * Every error that leaves the gateway over HTTP is a problem document for programs and a page for people, whoever threw it;
 * no stack ever leaves.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(private readonly errorPages: ErrorPages) {}

  catch(error: unknown, host: ArgumentsHost): void | Observable<never> {
    // A Kafka handler's error belongs to the transport, which decides between retry and dead letter.
    if (host.getType() !== 'http') return throwError(() => error);
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = problemFor(error, request);
    if (isUnforeseen(problem)) this.logger.error(problem.cause ?? problem);
    else if (problem.status >= 500)
      this.logger.warn(`${problem.message} ${String(problem.cause ?? '')}`.trim());
    if (reply.sent) return;
    if (isPageAddress(request.url)) void this.errorPages.send(request, reply, problem);
    else sendProblem(reply, request, problem);
  }
}

export function sendProblem(reply: FastifyReply, request: FastifyRequest, problem: Problem): void {
  if (problem.retryAfterSeconds !== undefined) reply.header('retry-after', String(problem.retryAfterSeconds));
  if (problem.headers) reply.headers(problem.headers);
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="kopeck"');
  const document = problem.toDocument(pathOf(request.url), currentTrace()?.traceId ?? String(request.id));
  void reply.status(problem.status).header('content-type', PROBLEM_MEDIA_TYPE).send(JSON.stringify(document));
}

/** The router says 404 for a known address with another method as well; the difference is told here. */
function problemFor(error: unknown, request: FastifyRequest): Problem {
  const problem = problemOf(error);
  if (problem.code !== 'not_found' || !request.is404) return problem;
  const methods = allowedMethods(request.server, pathOf(request.url));
  if (methods.length === 0) return problem;
  const allow = methods.join(', ');
  return new Problem('method_not_allowed', `This address takes ${allow}, not ${request.method}.`, {
    headers: { allow },
  });
}
