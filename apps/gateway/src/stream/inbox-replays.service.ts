import { Injectable, Logger } from '@nestjs/common';
import { INBOX_QUESTIONS, isRefusal, type InboxReplay } from '@kopeck/contracts';
import { QuestionClient } from '@kopeck/kafka';
import type { StreamConnection } from './stream-connection.js';

/** Questions under way at one time: after a restart all browsers come back at once. */
const MAX_AT_ONCE = 50;
/** Items of one answer: some 60 kB, well below what a reader may leave unread. */
const PART = 100;
const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 30_000;

export type WriteReplayed = (connection: StreamConnection, items: InboxReplay['data']) => void;

/**
 * Asks for what a connection has missed of its inbox, part after part, each when the one before was read. Without the
 * notification service it tries again, later each time, while the connection goes on with all else.
 */
@Injectable()
export class InboxReplays {
  private readonly logger = new Logger(InboxReplays.name);
  private readonly waiting = new Map<StreamConnection, WriteReplayed>();
  private asking = 0;

  constructor(private readonly client: QuestionClient) {}

  /** May be called again and again: a connection waits once, and only when there is something to ask and to be read. */
  want(connection: StreamConnection, write: WriteReplayed, nowMs = Date.now()): void {
    const { order, isReplaying, isOpen, isFull, replayAfterMs } = connection;
    if (!order.isBehind || isReplaying || !isOpen || isFull || nowMs < replayAfterMs) return;
    this.waiting.set(connection, write);
    this.begin();
  }

  private begin(): void {
    for (const [connection, write] of this.waiting) {
      if (this.asking >= MAX_AT_ONCE) return;
      this.waiting.delete(connection);
      if (connection.isOpen) void this.replay(connection, write);
    }
  }

  private async replay(connection: StreamConnection, write: WriteReplayed): Promise<void> {
    this.asking++;
    connection.isReplaying = true;
    try {
      const { data, lastOrdinal } = await this.ask(connection);
      const sent = connection.order.replayed(
        data.map(({ ordinal }) => BigInt(ordinal)),
        BigInt(lastOrdinal),
      );
      connection.failedReplays = 0;
      if (connection.isOpen)
        write(
          connection,
          data.filter(({ ordinal }) => sent.has(BigInt(ordinal))),
        );
    } catch (error) {
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** connection.failedReplays++, MAX_PAUSE_MS);
      connection.replayAfterMs = Date.now() + pauseMs;
      this.logger.debug(`An inbox cannot be replayed yet: ${String(error)}`);
    } finally {
      this.asking--;
      connection.isReplaying = false;
      this.want(connection, write);
      this.begin();
    }
  }

  private async ask({ session: { customerId }, order }: StreamConnection): Promise<InboxReplay> {
    const question = { customerId, afterOrdinal: String(order.ask()), limit: PART };
    const answer: unknown = await this.client.ask(INBOX_QUESTIONS.replay, question, { key: customerId });
    if (isRefusal(answer)) throw new Error(`refused as ${answer.code}`);
    return answer as InboxReplay;
  }
}
