import { IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import { question, type Page, type Refusal } from '../messages/question.js';
import { TOPICS } from '../topics.js';
import { OUTSIDE_CHANNELS, type NotificationType, type OutsideChannel } from './notification-types.js';

/** `waiting` for its time (the first one, quiet hours or the next try); `dropped` where its target went away. */
export const DELIVERY_STATUSES = ['waiting', 'delivered', 'failed', 'dropped'] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/** One notification on its way over one channel to one target. */
export interface DeliveryView {
  readonly deliveryId: string;
  readonly notificationId: string;
  readonly type: NotificationType | 'test';
  readonly channel: OutsideChannel;
  /** For a webhook: which one. */
  readonly endpointId: string | null;
  /** Where to, as far as it may be shown: `a•••@example.com`, `https://shop.example/hooks`, `+7•••89`. */
  readonly target: string | null;
  readonly status: DeliveryStatus;
  readonly attempts: number;
  /** Of the last attempt that failed: what went wrong, in words that name no secret. */
  readonly lastError: string | null;
  readonly createdAt: string;
  /** Of the next attempt; null when it has ended. */
  readonly dueAt: string | null;
  readonly endedAt: string | null;
}

export interface DeliveryAttempt {
  /** Counts from 1. */
  readonly attempt: number;
  readonly at: string;
  readonly durationMs: number;
  readonly outcome: 'delivered' | 'failed';
  /** HTTP status or SMTP code, where one came. */
  readonly responseCode: number | null;
  readonly error: string | null;
}

export interface DeliveryDetails extends DeliveryView {
  /** Oldest first, at most 50. */
  readonly history: readonly DeliveryAttempt[];
}

/** Newest first. Without `customerId`: everybody's, for operators. */
export class ListDeliveries {
  @IsOptional() @IsUUID() customerId?: string;
  @IsOptional() @IsIn(OUTSIDE_CHANNELS) channel?: OutsideChannel;
  @IsOptional() @IsIn(DELIVERY_STATUSES) status?: DeliveryStatus;
  @IsOptional() @IsUUID() endpointId?: string;
  @IsInt() @Min(1) @Max(200) limit: number;
  @IsOptional() @IsString() @MaxLength(200) cursor?: string;
}

export class ReadDelivery {
  @IsUUID() deliveryId: string;
  @IsOptional() @IsUUID() customerId?: string;
}

/** Sends it again, now, under the same id, whatever became of it before. */
export class RetryDelivery {
  @IsUUID() deliveryId: string;
  @IsOptional() @IsUUID() customerId?: string;
}

/** How a channel fares, for operators. */
export interface ChannelHealth {
  readonly channel: OutsideChannel;
  readonly isConfigured: boolean;
  readonly waiting: number;
  readonly oldestDueAt: string | null;
  /** Of the last hour. */
  readonly delivered: number;
  readonly failed: number;
}

export class ReadChannelHealth {
  @IsOptional() @IsUUID() operatorId?: string;
}

const TOPIC = TOPICS.notificationQuestions.name;

export const DELIVERY_QUESTIONS = {
  list: question<ListDeliveries, Page<DeliveryView> | Refusal>(TOPIC, 'list-deliveries', ListDeliveries),
  read: question<ReadDelivery, DeliveryDetails | Refusal>(TOPIC, 'read-delivery', ReadDelivery),
  retry: question<RetryDelivery, DeliveryView | Refusal>(TOPIC, 'retry-delivery', RetryDelivery),
  health: question<ReadChannelHealth, readonly ChannelHealth[]>(
    TOPIC,
    'read-channel-health',
    ReadChannelHealth,
  ),
} as const;
