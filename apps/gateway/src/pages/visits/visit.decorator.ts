import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { rememberedVisit } from './visit.js';

/** The visit of a page's handler: a `SignedInVisit` where the route needs a session. */
export const ThisVisit = createParamDecorator((_: unknown, context: ExecutionContext) =>
  rememberedVisit(context.switchToHttp().getRequest<FastifyRequest>()),
);
