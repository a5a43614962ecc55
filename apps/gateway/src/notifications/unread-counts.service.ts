import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { INBOX_QUESTIONS } from '@kopeck/contracts';
import { QuestionClient } from '@kopeck/kafka';

/** What a page waits for a number beside a word: longer than an answer takes, shorter than anybody notices. */
const TIMEOUT_MS = 300;
/** After a question without an answer nobody is asked for so long, so that pages don't each wait for a service that is away. */
const PAUSE_MS = 3_000;
const MAX_KEPT = 10_000;
/** Whatever changes an inbox is heard of; this is for what was missed. */
const KEEP_MS = 60_000;

/**
 * How many notifications somebody hasn't read, for the navigation of every page: asked for once, and again only when something
 * has changed.
 */
@Injectable()
export class UnreadCounts {
  private readonly logger = new Logger(UnreadCounts.name);
  private readonly kept = new LRUCache<string, number>({ max: MAX_KEPT, ttl: KEEP_MS });
  /** By customer, the question under way whose answer may be kept. */
  private readonly asked = new Map<string, symbol>();
  private pausedUntilMs = 0;

  constructor(private readonly client: QuestionClient) {}

  /** @returns undefined where nobody answers in time: a page is shown without it. Never throws. */
  async of(customerId: string): Promise<number | undefined> {
    const known = this.kept.get(customerId);
    if (known !== undefined) return known;
    if (Date.now() < this.pausedUntilMs) return undefined;
    const question = Symbol();
    this.asked.set(customerId, question);
    try {
      const options = { key: customerId, timeoutMs: TIMEOUT_MS };
      const { unreadCount } = await this.client.ask(INBOX_QUESTIONS.unread, { customerId }, options);
      if (this.asked.get(customerId) === question) this.kept.set(customerId, unreadCount);
      return unreadCount;
    } catch (error) {
      this.pausedUntilMs = Date.now() + PAUSE_MS;
      this.logger.debug(`Pages do without the number of unread notifications: ${String(error)}`);
      return undefined;
    } finally {
      if (this.asked.get(customerId) === question) this.asked.delete(customerId);
    }
  }

  /** An inbox has changed: what is known of it doesn't count any more, nor does an answer that is on its way. */
  forget(customerId: string): void {
    this.kept.delete(customerId);
    this.asked.delete(customerId);
  }
}
