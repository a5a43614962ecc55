import { Injectable, Logger } from '@nestjs/common';
import { INBOX_QUESTIONS } from '@kopeck/contracts';
import { QuestionClient } from '@kopeck/kafka';

/** What a page waits for a number beside a word: longer than an answer takes, shorter than anybody notices. */
const TIMEOUT_MS = 300;
/** After a question without an answer nobody is asked for so long, so that pages don't each wait for a service that is away. */
const PAUSE_MS = 3_000;

/** How many notifications somebody hasn't read, for the navigation of every page. */
@Injectable()
export class UnreadCounts {
  private readonly logger = new Logger(UnreadCounts.name);
  private pausedUntilMs = 0;

  constructor(private readonly client: QuestionClient) {}

  /** @returns undefined where nobody answers in time: a page is shown without it. Never throws. */
  async of(customerId: string): Promise<number | undefined> {
    if (Date.now() < this.pausedUntilMs) return undefined;
    try {
      const options = { key: customerId, timeoutMs: TIMEOUT_MS };
      const answer = await this.client.ask(INBOX_QUESTIONS.unread, { customerId }, options);
      return answer.unreadCount;
    } catch (error) {
      this.pausedUntilMs = Date.now() + PAUSE_MS;
      this.logger.debug(`Pages do without the number of unread notifications: ${String(error)}`);
      return undefined;
    }
  }
}
