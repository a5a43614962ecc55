import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  NOTIFICATION_CATEGORIES,
  NOTIFICATION_TYPES,
  type NotificationCategory,
  type NotificationData,
  type NotificationType,
} from '@kopeck/contracts';
import { Transform } from 'class-transformer';
import { Equals, IsBoolean, IsOptional, Matches } from 'class-validator';
import { PageQuery } from '../http/paging.js';
import type { Notification } from './notification.js';

const CATEGORIES = Object.keys(NOTIFICATION_CATEGORIES) as NotificationCategory[];
const ORDINAL_FAULT = 'upToOrdinal must be the ordinal of a notification, such as "17"';

export class ListNotificationsQuery extends PageQuery {
  @ApiPropertyOptional({ type: 'boolean', description: 'Only those not read yet.', default: false })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean({ message: 'unread must be true or false' })
  unread?: boolean;
}

export class MarkReadBody {
  @ApiProperty({ enum: [true], description: 'What was read stays so.', example: true })
  @Equals(true, { message: 'read must be true: what was read stays so' })
  read: true;
}

export class MarkAllReadBody {
  @ApiPropertyOptional({
    description: 'The ordinal of the newest one that was seen; without it all there are now.',
    pattern: '^[0-9]{1,18}$',
    example: '17',
  })
  @IsOptional()
  @Matches(/^\d{1,18}$/, { message: ORDINAL_FAULT })
  upToOrdinal?: string;
}

export class UnreadCountResource {
  @ApiProperty({ type: 'integer', description: 'Of the whole inbox, counted up to 1,000.', example: 3 })
  unreadCount: number;
}

export class NotificationResource implements Notification {
  @ApiProperty({ format: 'uuid', example: '7c1f0f0e-8a4d-5b5e-9a53-0b7a0d5a2c11' })
  id: string;

  @ApiProperty({
    description: 'Counts your inbox from 1 without gaps; the `id` of its event in the stream.',
    example: '17',
  })
  ordinal: string;

  @ApiProperty({ enum: NOTIFICATION_TYPES, example: 'transfer_received' })
  type: NotificationType;

  @ApiProperty({ enum: CATEGORIES, example: 'money' })
  category: NotificationCategory;

  @ApiProperty({ description: 'In the language of your preferences.', example: 'You received 12.30 EUR' })
  title: string;

  @ApiProperty({ example: 'To your account …5678: “Rent for March”.' })
  text: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Path of the page that shows more.',
    example: '/transfers/0d9b2a54-6a7e-5c0f-9b1e-2f3c9a7e4d33',
  })
  link: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: { anyOf: ['string', 'number', 'boolean', 'null'].map((type) => ({ type })) },
    description: 'The facts behind the words: ids, minor units, currencies, rates.',
    example: { amountMinor: '1230', currency: 'EUR' },
  })
  data: NotificationData;

  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:30:00.012Z' })
  occurredAt: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null })
  readAt: string | null;
}

export class NotificationPage extends UnreadCountResource {
  @ApiProperty({ type: [NotificationResource] })
  data: NotificationResource[];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'For the next page; null on the last.',
    example: null,
  })
  nextCursor: string | null;
}
