import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsUUID,
  Length,
  Matches,
} from 'class-validator';
import { REFERENCE } from '../messages/patterns.js';
import { question, type Refusal } from '../messages/question.js';
import { TOPICS } from '../topics.js';
import { NOTIFICATION_TYPES, type NotificationType } from './notification-types.js';

export const MAX_WEBHOOK_ENDPOINTS = 10;
export const WEBHOOK_URL_MAX_LENGTH = 500;

/** `disabled` by its owner or, after a 410 or too many failures, by the bank: `disabledReason` says which. */
export interface WebhookEndpointView {
  readonly endpointId: string;
  readonly url: string;
  readonly description: string | null;
  /** Empty: all that the preferences let through to webhooks. */
  readonly types: readonly NotificationType[];
  readonly status: 'active' | 'disabled';
  readonly disabledReason: 'owner' | 'gone' | 'failing' | null;
  /** While set, messages carry signatures of the old and of the new secret (Standard Webhooks). */
  readonly previousSecretUntil: string | null;
  readonly createdAt: string;
  /** Counts changes; the ETag. */
  readonly revision: string;
}

/** Told once, at creation and at rotation. Sealed for the gateway with the endpoint's id as context: see `seal`. */
export interface WebhookSecretView {
  readonly endpoint: WebhookEndpointView;
  readonly sealedSecret: string;
}

export class ListWebhooks {
  @IsUUID() customerId: string;
}

export class CreateWebhook {
  /** Chosen by the asker, so that a repeat finds the endpoint that is there. */
  @IsUUID() endpointId: string;
  @IsUUID() customerId: string;
  @Length(10, WEBHOOK_URL_MAX_LENGTH) @Matches(/^https?:\/\//) url: string;
  @IsOptional() @Length(1, 140) @Matches(REFERENCE) description?: string;
  @IsArray()
  @ArrayMaxSize(NOTIFICATION_TYPES.length)
  @ArrayUnique()
  @IsIn(NOTIFICATION_TYPES, { each: true })
  types: NotificationType[];
}

export class ReadWebhook {
  @IsUUID() endpointId: string;
  @IsUUID() customerId: string;
}

export class ChangeWebhook extends CreateWebhook {
  @Matches(/^\d{1,18}$/) revision: string;
  @IsBoolean() isActive: boolean;
}

export class DeleteWebhook extends ReadWebhook {}
/** A new secret; the old one signs along for a day. */
export class RotateWebhookSecret extends ReadWebhook {}
export class TestWebhook extends ReadWebhook {}

const TOPIC = TOPICS.notificationQuestions.name;

export const WEBHOOK_QUESTIONS = {
  list: question<ListWebhooks, readonly WebhookEndpointView[]>(TOPIC, 'list-webhooks', ListWebhooks),
  create: question<CreateWebhook, WebhookSecretView | Refusal>(TOPIC, 'create-webhook', CreateWebhook),
  read: question<ReadWebhook, WebhookEndpointView | Refusal>(TOPIC, 'read-webhook', ReadWebhook),
  change: question<ChangeWebhook, WebhookEndpointView | Refusal>(TOPIC, 'change-webhook', ChangeWebhook),
  delete: question<DeleteWebhook, { readonly deleted: true } | Refusal>(
    TOPIC,
    'delete-webhook',
    DeleteWebhook,
  ),
  rotateSecret: question<RotateWebhookSecret, WebhookSecretView | Refusal>(
    TOPIC,
    'rotate-webhook-secret',
    RotateWebhookSecret,
  ),
  /** The answer is the id of the delivery, whose fate can be read. */
  test: question<TestWebhook, { readonly deliveryId: string } | Refusal>(TOPIC, 'test-webhook', TestWebhook),
} as const;
