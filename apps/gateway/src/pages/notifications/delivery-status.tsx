import type { DeliveryStatus } from '@kopeck/contracts';
import { Status, type Mood } from '../components/status.js';
import { useVisit } from '../rendering/visit-context.js';

const MOODS: Readonly<Record<DeliveryStatus, Mood>> = {
  waiting: 'waiting',
  delivered: 'good',
  failed: 'bad',
  dropped: 'plain',
};

export function DeliveryStatusMark({ status }: { readonly status: DeliveryStatus }) {
  const { words } = useVisit();
  return <Status mood={MOODS[status]}>{words.deliveries.statuses[status]}</Status>;
}
