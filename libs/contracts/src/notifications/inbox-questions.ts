import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { question, type Page, type Refusal } from '../messages/question.js';
import { TOPICS } from '../topics.js';
import type { InboxItem } from './notification-messages.js';

export interface InboxPage extends Page<InboxItem>, UnreadCount {}

/** Newest first. */
export class ListInbox {
  @IsUUID() customerId: string;
  @IsOptional() @IsBoolean() unreadOnly?: boolean;
  @IsInt() @Min(1) @Max(200) limit: number;
  @IsOptional() @IsString() @MaxLength(200) cursor?: string;
}

/** For the number beside the bell, on every page. */
export class CountUnread {
  @IsUUID() customerId: string;
}

export interface UnreadCount {
  /** Of the whole inbox, counted up to 1,000. */
  readonly unreadCount: number;
}

/** What came after an ordinal, oldest first: for a page whose connection broke. */
export class ReplayInbox {
  @IsUUID() customerId: string;
  @Matches(/^\d{1,18}$/) afterOrdinal: string;
  @IsInt() @Min(1) @Max(500) limit: number;
}

export interface InboxReplay {
  readonly data: readonly InboxItem[];
  /** The newest ordinal there is; where `data` doesn't reach it, there is more to replay. */
  readonly lastOrdinal: string;
}

/** Marks some as read, or with no ids all there are up to an ordinal. */
export class MarkRead {
  @IsUUID() customerId: string;
  @IsOptional() @IsArray() @ArrayMaxSize(200) @IsUUID(undefined, { each: true }) notificationIds?: string[];
  @IsOptional() @Matches(/^\d{1,18}$/) upToOrdinal?: string;
}

const TOPIC = TOPICS.notificationQuestions.name;

export const INBOX_QUESTIONS = {
  list: question<ListInbox, InboxPage | Refusal>(TOPIC, 'list-inbox', ListInbox),
  unread: question<CountUnread, UnreadCount>(TOPIC, 'count-unread', CountUnread),
  replay: question<ReplayInbox, InboxReplay>(TOPIC, 'replay-inbox', ReplayInbox),
  markRead: question<MarkRead, UnreadCount | Refusal>(TOPIC, 'mark-read', MarkRead),
} as const;
