import type { DeliveryView } from '@kopeck/contracts';
import { Moment } from '../components/moment.js';
import { useVisit } from '../rendering/visit-context.js';
import { DeliveryStatusMark } from './delivery-status.js';

/** Deliveries, each with what became of it; more on the page of each. */
export function DeliveryLines({ deliveries }: { readonly deliveries: readonly DeliveryView[] }) {
  return (
    <ul class="records">
      {deliveries.map((delivery) => (
        <DeliveryLine key={delivery.deliveryId} delivery={delivery} />
      ))}
    </ul>
  );
}

function DeliveryLine({ delivery }: { readonly delivery: DeliveryView }) {
  const { words, formats } = useVisit();
  const { deliveryId, type, channel, target, status, attempts, createdAt } = delivery;
  const tried = words.deliveries.attempts(attempts, formats.number(attempts));
  return (
    <li class="record">
      <div class="record__top">
        <h3>
          <a href={`/notifications/deliveries/${deliveryId}`}>{words.notifications.types[type]}</a>
        </h3>
        <DeliveryStatusMark status={status} />
      </div>
      <p class="id">{`${words.notifications.channels[channel]}: ${target ?? words.deliveries.noTarget}`}</p>
      <Trouble delivery={delivery} />
      <p class="note">
        <Moment at={createdAt} />
        {` · ${tried}`}
      </p>
    </li>
  );
}

/** Why it isn't there yet, and when it is tried next. */
function Trouble({ delivery: { status, lastError, dueAt } }: { readonly delivery: DeliveryView }) {
  const { words } = useVisit();
  if (status === 'delivered') return null;
  return (
    <>
      {lastError !== null && (
        <p class="trouble">
          {`${words.deliveries.lastError}: `}
          <q lang="en">{lastError}</q>
        </p>
      )}
      {status === 'waiting' && dueAt !== null && (
        <p class="note">
          {`${words.deliveries.nextTry}: `}
          <Moment at={dueAt} />
        </p>
      )}
    </>
  );
}
