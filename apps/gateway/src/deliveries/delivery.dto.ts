import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  DELIVERY_STATUSES,
  NOTIFICATION_TYPES,
  OUTSIDE_CHANNELS,
  type ChannelHealth,
  type DeliveryAttempt,
  type DeliveryStatus,
  type NotificationType,
  type OutsideChannel,
} from '@kopeck/contracts';
import { IsIn, IsOptional } from 'class-validator';
import { PageQuery } from '../http/paging.js';
import type { Delivery, DeliveryWithHistory } from './delivery.js';

/** Filters of any list of deliveries. */
export class DeliveriesQuery extends PageQuery {
  @ApiPropertyOptional({ enum: DELIVERY_STATUSES })
  @IsOptional()
  @IsIn(DELIVERY_STATUSES, { message: `status must be one of ${DELIVERY_STATUSES.join(', ')}` })
  status?: DeliveryStatus;
}

export class ListDeliveriesQuery extends DeliveriesQuery {
  @ApiPropertyOptional({ enum: OUTSIDE_CHANNELS })
  @IsOptional()
  @IsIn(OUTSIDE_CHANNELS, { message: `channel must be one of ${OUTSIDE_CHANNELS.join(', ')}` })
  channel?: OutsideChannel;
}

export class DeliveryResource implements Delivery {
  @ApiProperty({ format: 'uuid', example: '3c2d5b8e-71f0-4d0c-9f55-6f1a0f0e2b44' })
  id: string;

  @ApiProperty({ format: 'uuid', example: '7c1f0f0e-8a4d-5b5e-9a53-0b7a0d5a2c11' })
  notificationId: string;

  @ApiProperty({ enum: [...NOTIFICATION_TYPES, 'test'], example: 'transfer_received' })
  type: NotificationType | 'test';

  @ApiProperty({ enum: OUTSIDE_CHANNELS, example: 'webhook' })
  channel: OutsideChannel;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'For a webhook: which one.',
    example: null,
  })
  endpointId: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Where to, as far as it is shown.',
    example: 'https://shop.example/hooks',
  })
  target: string | null;

  @ApiProperty({
    enum: DELIVERY_STATUSES,
    description: '`waiting` for its time or its next try; `dropped`: its target went away.',
    example: 'waiting',
  })
  status: DeliveryStatus;

  @ApiProperty({ type: 'integer', example: 2 })
  attempts: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Of the last attempt that failed.',
    example: 'The endpoint answered 503',
  })
  lastError: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  createdAt: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Of the next attempt; null when it has ended.',
    example: '2026-03-01T09:35:00.000Z',
  })
  dueAt: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  endedAt: string | null;
}

export class DeliveryAttemptResource implements DeliveryAttempt {
  @ApiProperty({ type: 'integer', description: 'Counts from 1.', example: 1 })
  attempt: number;

  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:30:00.100Z' })
  at: string;

  @ApiProperty({ type: 'integer', example: 84 })
  durationMs: number;

  @ApiProperty({ enum: ['delivered', 'failed'], example: 'failed' })
  outcome: 'delivered' | 'failed';

  @ApiProperty({
    type: 'integer',
    nullable: true,
    description: 'HTTP status or SMTP code, where one came.',
    example: 503,
  })
  responseCode: number | null;

  @ApiProperty({ type: String, nullable: true, example: 'The endpoint answered 503' })
  error: string | null;
}

export class DeliveryWithHistoryResource extends DeliveryResource implements DeliveryWithHistory {
  @ApiProperty({ type: [DeliveryAttemptResource], description: 'Oldest first, at most 50.' })
  history: DeliveryAttemptResource[];
}

export class DeliveryPage {
  @ApiProperty({ type: [DeliveryResource] })
  data: DeliveryResource[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'For the next page; null on the last.',
    example: null,
  })
  nextCursor: string | null;
}

export class ChannelHealthResource implements ChannelHealth {
  @ApiProperty({ enum: OUTSIDE_CHANNELS, example: 'email' })
  channel: OutsideChannel;

  @ApiProperty({ example: true })
  isConfigured: boolean;

  @ApiProperty({ type: 'integer', description: 'Deliveries not ended yet.', example: 4 })
  waiting: number;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'When the oldest of them was due.',
    example: '2026-03-01T09:35:00.000Z',
  })
  oldestDueAt: string | null;

  @ApiProperty({ type: 'integer', description: 'In the last hour.', example: 120 })
  delivered: number;

  @ApiProperty({ type: 'integer', description: 'In the last hour, for good.', example: 1 })
  failed: number;
}

export class ChannelHealthList {
  @ApiProperty({ type: [ChannelHealthResource] })
  data: ChannelHealthResource[];
}
