import { Database, type Transaction } from '@kopeck/database';
import { Injectable } from '@nestjs/common';

/** Who asks Telegram for the bot's messages, and how far they were handled. */
@Injectable()
export class TelegramBotRepository {
  constructor(private readonly database: Database) {}

  transaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.database.transaction(work);
  }

  /** @returns where to go on; undefined while another replica asks. */
  async lease(botId: string, leaseMs: number): Promise<string | undefined> {
    const [row] = await this.database.query<{ next_update_id: string }>(LEASE, [botId, leaseMs]);
    return row?.next_update_id;
  }

  async release(botId: string): Promise<void> {
    await this.database.query(RELEASE, [botId]);
  }

  /** @returns false when the message was handled before. */
  async advance(tx: Transaction, botId: string, updateId: number): Promise<boolean> {
    return (await tx.run(ADVANCE, [botId, updateId])) > 0;
  }
}

const LEASE = `
  INSERT INTO notification.telegram_bot AS bot (bot_id, next_update_id, leased_until)
  VALUES ($1, 0, clock_timestamp() + $2 * interval '1 millisecond')
  ON CONFLICT (bot_id) DO UPDATE SET leased_until = excluded.leased_until
   WHERE bot.leased_until IS NULL OR bot.leased_until < clock_timestamp()
  RETURNING next_update_id`;

const RELEASE = 'UPDATE notification.telegram_bot SET leased_until = NULL WHERE bot_id = $1';

const ADVANCE = `
  UPDATE notification.telegram_bot SET next_update_id = $2::bigint + 1 WHERE bot_id = $1 AND next_update_id <= $2::bigint`;
