import {
  refusal,
  TOPICS,
  type InboxPage,
  type InboxRead,
  type InboxReplay,
  type ListInbox,
  type MarkRead,
  type Refusal,
  type ReplayInbox,
  type UnreadCount,
} from '@kopeck/contracts';
import { Producer } from '@kopeck/kafka';
import { Injectable, Logger } from '@nestjs/common';
import { PreferenceRepository } from '../preferences/preference.repository.js';
import type { Preferences } from '../preferences/preferences.js';
import { cursorOf, NEWEST, ordinalOf } from './inbox-cursor.js';
import { itemOf } from './inbox-item.js';
import { InboxRepository } from './inbox.repository.js';

/** Counting further would cost more than it tells. */
const MAX_COUNTED = 1_000;

const INVALID_CURSOR = refusal('invalid_cursor', 'Take the cursor of the page before, or none.');
const NOT_FOUND = refusal('not_found', 'There is no such notification in your inbox. Nothing was marked.');

/** Somebody's inbox as they see it, in the language they have chosen now. */
@Injectable()
export class ReadInboxService {
  private readonly logger = new Logger(ReadInboxService.name);

  constructor(
    private readonly inbox: InboxRepository,
    private readonly preferences: PreferenceRepository,
    private readonly producer: Producer,
  ) {}

  async list({ customerId, unreadOnly = false, limit, cursor }: ListInbox): Promise<InboxPage | Refusal> {
    const below = (cursor ?? null) === null ? NEWEST : ordinalOf(cursor!);
    if (below === null) return INVALID_CURSOR;
    const [reader, rows, unreadCount] = await Promise.all([
      this.readerOf(customerId),
      this.inbox.list(customerId, below, unreadOnly, limit + 1),
      this.inbox.countUnread(customerId, MAX_COUNTED),
    ]);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return {
      data: shown.map((row) => itemOf(row, reader)),
      nextCursor: rows.length > limit && last ? cursorOf(last.ordinal) : null,
      unreadCount,
    };
  }

  async replay({ customerId, afterOrdinal, limit }: ReplayInbox): Promise<InboxReplay> {
    // Asked first: a line that comes in between is then above the last one, never missing below it.
    const lastOrdinal = await this.inbox.lastOrdinal(customerId);
    const [reader, rows] = await Promise.all([
      this.readerOf(customerId),
      this.inbox.listAfter(customerId, afterOrdinal, limit),
    ]);
    return { data: rows.map((row) => itemOf(row, reader)), lastOrdinal };
  }

  /** Those named, or all up to an ordinal, or all there are; the answer is how many are left. */
  async markRead(request: MarkRead): Promise<UnreadCount | Refusal> {
    const { customerId, notificationIds, upToOrdinal } = request;
    if ((notificationIds ?? null) === null) {
      await this.inbox.markReadUpTo(customerId, upToOrdinal ?? NEWEST.toString());
    } else {
      const ids = [...new Set(notificationIds!.map((id) => id.toLowerCase()))];
      if ((await this.inbox.countListed(customerId, ids)) < ids.length) return NOT_FOUND;
      await this.inbox.markRead(customerId, ids);
    }
    const left = await this.countUnread(customerId);
    await this.tellPages({ customerId, ...left });
    return left;
  }

  async countUnread(customerId: string): Promise<UnreadCount> {
    return { unreadCount: await this.inbox.countUnread(customerId, MAX_COUNTED) };
  }

  /** What was read is read, whether open pages hear of it or not. */
  private async tellPages(value: InboxRead): Promise<void> {
    const { customerId: key } = value;
    const message = { topic: TOPICS.notificationInbox.name, key, value, type: 'kopeck.inbox.read.v1' };
    await this.producer.send([message]).catch((error: unknown) => {
      this.logger.warn(`Open pages still show as unread what was read: ${String(error)}`);
    });
  }

  private async readerOf(customerId: string): Promise<Preferences> {
    return (await this.preferences.find(customerId)).preferences;
  }
}
