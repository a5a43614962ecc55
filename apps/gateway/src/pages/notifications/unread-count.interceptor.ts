import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { UnreadCounts } from '../../notifications/unread-counts.service.js';
import { rememberedVisit, rememberVisit } from '../visits/visit.js';

/** Before the handler of a page: how many notifications wait for whoever looks at it. */
@Injectable()
export class UnreadCountInterceptor implements NestInterceptor {
  constructor(private readonly counts: UnreadCounts) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<ReturnType<CallHandler['handle']>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const visit = rememberedVisit(request);
    if (visit?.session) {
      const unreadCount = await this.counts.of(visit.session.customerId);
      rememberVisit(request, { ...visit, unreadCount });
    }
    return next.handle();
  }
}
