import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  MAX_WEBHOOK_ENDPOINTS,
  NOTIFICATION_TYPES,
  REFERENCE,
  WEBHOOK_URL_MAX_LENGTH,
  type NotificationType,
} from '@kopeck/contracts';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsOptional,
  IsUUID,
  Length,
  Matches,
} from 'class-validator';
import { DeliveriesQuery } from '../deliveries/delivery.dto.js';
import type { Webhook } from './webhook.js';

const URL_FAULT = `url must be an address such as https://shop.example/hooks, of at most ${WEBHOOK_URL_MAX_LENGTH} characters`;
const DESCRIPTION_FAULT = 'description must be one line of 1 to 140 printable characters';
const TYPES_FAULT = `types must be a list of ${NOTIFICATION_TYPES.join(', ')}, each at most once`;
const STATUSES = ['active', 'disabled'] as const;
const DISABLED_REASONS = ['owner', 'gone', 'failing'] as const;

const TYPES_SCHEMA = {
  enum: NOTIFICATION_TYPES,
  isArray: true,
  description: 'Only these; with an empty list all that your preferences let through to webhooks.',
  example: ['transfer_received'],
};

export class CreateWebhookBody {
  @ApiProperty({
    format: 'uri',
    maxLength: WEBHOOK_URL_MAX_LENGTH,
    description: 'In production https on port 443, at a public address.',
    example: 'https://shop.example/hooks',
  })
  @Length(10, WEBHOOK_URL_MAX_LENGTH, { message: URL_FAULT })
  @Matches(/^https?:\/\//, { message: URL_FAULT })
  url: string;

  @ApiPropertyOptional({ minLength: 1, maxLength: 140, example: 'Orders of the shop' })
  @IsOptional()
  @Length(1, 140, { message: DESCRIPTION_FAULT })
  @Matches(REFERENCE, { message: DESCRIPTION_FAULT })
  description?: string;

  @ApiPropertyOptional(TYPES_SCHEMA)
  @IsOptional()
  @IsArray({ message: TYPES_FAULT })
  @ArrayMaxSize(NOTIFICATION_TYPES.length, { message: TYPES_FAULT })
  @ArrayUnique({ message: TYPES_FAULT })
  @IsIn(NOTIFICATION_TYPES, { each: true, message: TYPES_FAULT })
  types?: NotificationType[];
}

/** What is left out stays as it is. */
export class ChangeWebhookBody {
  @ApiPropertyOptional({
    format: 'uri',
    maxLength: WEBHOOK_URL_MAX_LENGTH,
    example: 'https://shop.example/hooks',
  })
  @IsOptional()
  @Length(10, WEBHOOK_URL_MAX_LENGTH, { message: URL_FAULT })
  @Matches(/^https?:\/\//, { message: URL_FAULT })
  url?: string;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    minLength: 1,
    maxLength: 140,
    description: 'Null takes it away.',
    example: 'Orders of the shop',
  })
  @IsOptional()
  @Length(1, 140, { message: DESCRIPTION_FAULT })
  @Matches(REFERENCE, { message: DESCRIPTION_FAULT })
  description?: string | null;

  @ApiPropertyOptional(TYPES_SCHEMA)
  @IsOptional()
  @IsArray({ message: TYPES_FAULT })
  @ArrayMaxSize(NOTIFICATION_TYPES.length, { message: TYPES_FAULT })
  @ArrayUnique({ message: TYPES_FAULT })
  @IsIn(NOTIFICATION_TYPES, { each: true, message: TYPES_FAULT })
  types?: NotificationType[];

  @ApiPropertyOptional({
    enum: STATUSES,
    description: 'A disabled endpoint gets nothing.',
    example: 'active',
  })
  @IsOptional()
  @IsIn(STATUSES, { message: `status must be one of ${STATUSES.join(', ')}` })
  status?: Webhook['status'];
}

export class ListWebhookDeliveriesQuery extends DeliveriesQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Only of this endpoint.' })
  @IsOptional()
  @IsUUID(undefined, { message: 'endpointId must be the id of one of your webhook endpoints' })
  endpointId?: string;
}

export class WebhookResource implements Webhook {
  @ApiProperty({ format: 'uuid', example: 'f0a1b7c2-3d4e-5f60-8a1b-2c3d4e5f6071' })
  id: string;

  @ApiProperty({ example: 'https://shop.example/hooks' })
  url: string;

  @ApiProperty({ type: String, nullable: true, example: 'Orders of the shop' })
  description: string | null;

  @ApiProperty(TYPES_SCHEMA)
  types: NotificationType[];

  @ApiProperty({ enum: STATUSES, example: 'active' })
  status: Webhook['status'];

  @ApiProperty({
    type: String,
    enum: DISABLED_REASONS,
    nullable: true,
    description: '`gone`: it answered 410. `failing`: too many deliveries failed for good.',
    example: null,
  })
  disabledReason: Webhook['disabledReason'];

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'Until then messages carry signatures of the old and of the new secret.',
    example: null,
  })
  previousSecretUntil: string | null;

  @ApiProperty({ format: 'date-time', example: '2026-03-01T09:30:00.000Z' })
  createdAt: string;
}

export class WebhookWithSecretResource extends WebhookResource {
  @ApiProperty({
    description: 'Verifies signatures (standardwebhooks.com). It is shown once: keep it safe.',
    example: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  })
  secret: string;
}

export class WebhookList {
  @ApiProperty({ type: [WebhookResource], description: `At most ${MAX_WEBHOOK_ENDPOINTS}.` })
  data: WebhookResource[];
}
