import { Database } from '@kopeck/database';
import { Injectable } from '@nestjs/common';
import {
  NOTIFICATION_COLUMNS,
  storedOf,
  type ListedNotification,
  type NotificationRow,
} from './inbox-item.js';

/** One person's inbox. */
@Injectable()
export class InboxRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(
    customerId: string,
    below: bigint,
    unreadOnly: boolean,
    limit: number,
  ): Promise<ListedNotification[]> {
    return this.read(unreadOnly ? LIST_UNREAD : LIST, [customerId, below.toString(), limit]);
  }

  /** Oldest first. */
  async listAfter(customerId: string, ordinal: string, limit: number): Promise<ListedNotification[]> {
    return this.read(LIST_AFTER, [customerId, ordinal, limit]);
  }

  /** `0` for somebody who was never told anything. */
  async lastOrdinal(customerId: string): Promise<string> {
    const [row] = await this.database.query<{ last_ordinal: string }>(LAST_ORDINAL, [customerId]);
    return row?.last_ordinal ?? '0';
  }

  async countUnread(customerId: string, atMost: number): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(COUNT_UNREAD, [customerId, atMost]);
    return row!.count;
  }

  /** How many of these are in the person's inbox. */
  async countListed(customerId: string, notificationIds: readonly string[]): Promise<number> {
    const [row] = await this.database.query<{ count: number }>(COUNT_LISTED, [customerId, notificationIds]);
    return row!.count;
  }

  /** What was read before keeps its moment. */
  async markRead(customerId: string, notificationIds: readonly string[]): Promise<void> {
    await this.database.query(MARK_READ, [customerId, notificationIds]);
  }

  async markReadUpTo(customerId: string, ordinal: string): Promise<void> {
    await this.database.query(MARK_READ_UP_TO, [customerId, ordinal]);
  }

  private async read(sql: string, params: readonly unknown[]): Promise<ListedNotification[]> {
    return (await this.database.query<NotificationRow>(sql, params)).map(storedOf) as ListedNotification[];
  }
}

const LIST = `
  SELECT ${NOTIFICATION_COLUMNS} FROM notification.notification
   WHERE customer_id = $1 AND ordinal < $2 ORDER BY ordinal DESC LIMIT $3`;

const LIST_UNREAD = `
  SELECT ${NOTIFICATION_COLUMNS} FROM notification.notification
   WHERE customer_id = $1 AND ordinal IS NOT NULL AND ordinal < $2 AND read_at IS NULL ORDER BY ordinal DESC LIMIT $3`;

const LIST_AFTER = `
  SELECT ${NOTIFICATION_COLUMNS} FROM notification.notification
   WHERE customer_id = $1 AND ordinal > $2 ORDER BY ordinal LIMIT $3`;

const LAST_ORDINAL = `SELECT last_ordinal FROM notification.inbox WHERE customer_id = $1`;

const COUNT_UNREAD = `
  SELECT count(*)::int AS count FROM (
    SELECT FROM notification.notification
     WHERE customer_id = $1 AND ordinal IS NOT NULL AND read_at IS NULL LIMIT $2) unread`;

const COUNT_LISTED = `
  SELECT count(*)::int AS count FROM notification.notification
   WHERE customer_id = $1 AND ordinal IS NOT NULL AND id = ANY($2::uuid[])`;

const MARK_READ = `
  UPDATE notification.notification SET read_at = date_trunc('milliseconds', clock_timestamp())
   WHERE customer_id = $1 AND ordinal IS NOT NULL AND read_at IS NULL AND id = ANY($2::uuid[])`;

const MARK_READ_UP_TO = `
  UPDATE notification.notification SET read_at = date_trunc('milliseconds', clock_timestamp())
   WHERE customer_id = $1 AND ordinal <= $2 AND read_at IS NULL`;
