import type { NotificationType, WebhookEndpointView } from '@kopeck/contracts';

/** A webhook endpoint as REST shows it to who set it up. */
export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly description: string | null;
  readonly types: NotificationType[];
  readonly status: WebhookEndpointView['status'];
  readonly disabledReason: WebhookEndpointView['disabledReason'];
  readonly previousSecretUntil: string | null;
  readonly createdAt: string;
}

export function webhookOf(view: WebhookEndpointView): Webhook {
  const { endpointId, url, description, types, status, disabledReason, previousSecretUntil, createdAt } =
    view;
  return {
    id: endpointId,
    url,
    description,
    types: [...types],
    status,
    disabledReason,
    previousSecretUntil,
    createdAt,
  };
}
