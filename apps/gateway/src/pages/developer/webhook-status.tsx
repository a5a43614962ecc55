import type { WebhookEndpointView } from '@kopeck/contracts';
import { Status, type Mood } from '../components/status.js';
import { useVisit } from '../rendering/visit-context.js';

/** Off by its owner's wish is nothing bad; off because it failed is. */
function moodOf({ status, disabledReason }: WebhookEndpointView): Mood {
  if (status === 'active') return 'good';
  return disabledReason === 'owner' ? 'plain' : 'bad';
}

export function WebhookStatusMark({ webhook }: { readonly webhook: WebhookEndpointView }) {
  const { developer } = useVisit().words;
  return <Status mood={moodOf(webhook)}>{developer[webhook.status]}</Status>;
}
