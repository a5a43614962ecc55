import { Injectable } from '@nestjs/common';
import { INBOX_QUESTIONS, type MarkRead, type UnreadCount } from '@kopeck/contracts';
import { Questions } from '../http/questions.js';
import { UnreadCounts } from './unread-counts.service.js';

/** Marks notifications as read; the next page shows how many are left. */
@Injectable()
export class MarkReadService {
  constructor(
    private readonly questions: Questions,
    private readonly counts: UnreadCounts,
  ) {}

  /** @throws {Problem} `not_found`: one of them isn't in the person's inbox. */
  async mark(request: MarkRead): Promise<UnreadCount> {
    const options = { key: request.customerId, about: 'notification' };
    try {
      return await this.questions.ask(INBOX_QUESTIONS.markRead, request, options);
    } finally {
      this.counts.forget(request.customerId);
    }
  }
}
