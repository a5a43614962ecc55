import {
  NOTIFICATION_CATEGORIES,
  REFERENCE,
  WEBHOOK_URL_MAX_LENGTH,
  type NotificationType,
  type WebhookEndpointView,
} from '@kopeck/contracts';
import type { FieldFault } from '../components/field-fault.js';
import type { Words } from '../language/words.js';

/** Fields of the form by name, as they are typed. */
export type TypedWebhook = Readonly<Record<string, string>>;

export interface WebhookFields {
  readonly url: string;
  readonly description: string | undefined;
  /** Empty: all that the preferences let through. */
  readonly types: NotificationType[];
}

const TICKED = 'on';
const MAX_DESCRIPTION_LENGTH = 140;

/** What customers can be told; operations are for operators, who have no webhooks. */
export const WEBHOOK_CATEGORIES = (['money', 'rates', 'account', 'security', 'news'] as const).map(
  (category) => ({
    category,
    types: NOTIFICATION_CATEGORIES[category] as readonly NotificationType[],
  }),
);
const TYPES = WEBHOOK_CATEGORIES.flatMap(({ types }) => types);

export function typeBoxOf(type: NotificationType): string {
  return `type.${type}`;
}

export function isTicked(typed: TypedWebhook, type: NotificationType): boolean {
  return typed[typeBoxOf(type)] === TICKED;
}

/** What is there, as the form shows it. */
export function typedOf({ url, description, types, revision }: WebhookEndpointView): TypedWebhook {
  const boxes = Object.fromEntries(types.map((type) => [typeBoxOf(type), TICKED]));
  return { url, description: description ?? '', revision, ...boxes };
}

/** Only the form of the address; whether it may be sent to is for the service that sends to say. */
export function readWebhook(
  typed: TypedWebhook,
  { developer }: Words,
): { readonly fields: WebhookFields } | { readonly faults: readonly FieldFault[] } {
  const { url = '', description = '' } = typed;
  const faults = [
    ...(isWebAddress(url) ? [] : [{ field: 'url', text: developer.form.urlWrong }]),
    ...(description.length <= MAX_DESCRIPTION_LENGTH && REFERENCE.test(description)
      ? []
      : [{ field: 'description', text: developer.form.descriptionWrong }]),
  ];
  if (faults.length > 0) return { faults };
  const types = TYPES.filter((type) => isTicked(typed, type));
  return { fields: { url, description: description || undefined, types } };
}

function isWebAddress(url: string): boolean {
  if (url.length > WEBHOOK_URL_MAX_LENGTH || !/^https?:\/\/[^\s/]/.test(url) || /\s/.test(url)) return false;
  return URL.canParse(url);
}
