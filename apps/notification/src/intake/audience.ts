import type { NotificationType } from '@kopeck/contracts';
import type { Preferences } from '../preferences/preferences.js';

/** One endpoint of somebody's, as far as it decides what goes there. */
export interface WebhookTarget {
  readonly endpointId: string;
  /** Empty: all types. */
  readonly types: readonly NotificationType[];
}

/** One person, as they want to be told and can be reached. */
export interface Audience {
  readonly customerId: string;
  readonly preferences: Preferences;
  /** A chat with the bank's bot is linked. */
  readonly hasTelegram: boolean;
  /** A number is confirmed. */
  readonly hasPhone: boolean;
  readonly webhooks: readonly WebhookTarget[];
}
