import { DELIVERY_STATUSES, OUTSIDE_CHANNELS, type DeliveryView, type Page } from '@kopeck/contracts';
import { Empty } from '../components/empty.js';
import { SelectField } from '../components/field.js';
import { NextPage } from '../components/next-page.js';
import { Notice } from '../components/notice.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';
import { addressOfDeliveries, type DeliveryFilter } from './delivery-filter.js';
import { DeliveryLines } from './delivery-lines.js';

export interface DeliveriesPageProps {
  /** Absent while nobody can read them. */
  readonly deliveries: Page<DeliveryView> | undefined;
  readonly filter: DeliveryFilter;
  readonly isContinued: boolean;
}

export function DeliveriesPage({ deliveries, filter, isContinued }: DeliveriesPageProps) {
  const { words } = useVisit();
  const back = { href: '/notifications', text: words.deliveries.back };
  return (
    <Shell title={words.deliveries.title} back={back}>
      <p>{words.deliveries.lead}</p>
      <FilterForm filter={filter} />
      {deliveries === undefined && <Notice>{words.notifications.away}</Notice>}
      {deliveries?.data.length === 0 && <Nothing isFiltered={Object.keys(filter).length > 0} />}
      {deliveries !== undefined && deliveries.data.length > 0 && (
        <>
          <h2 class="unseen">{words.deliveries.list}</h2>
          <DeliveryLines deliveries={deliveries.data} />
          <NextPage
            nextCursor={deliveries.nextCursor}
            isContinued={isContinued}
            first={addressOfDeliveries(filter)}
          />
        </>
      )}
    </Shell>
  );
}

function FilterForm({ filter: { channel, status } }: { readonly filter: DeliveryFilter }) {
  const { deliveries, notifications } = useVisit().words;
  const channels = OUTSIDE_CHANNELS.map((value) => ({ value, text: notifications.channels[value] }));
  const statuses = DELIVERY_STATUSES.map((value) => ({ value, text: deliveries.statuses[value] }));
  return (
    <form action="/notifications/deliveries" class="row">
      <SelectField
        name="channel"
        label={deliveries.channel}
        value={channel ?? ''}
        choices={[{ value: '', text: deliveries.anyChannel }, ...channels]}
      />
      <SelectField
        name="status"
        label={deliveries.status}
        value={status ?? ''}
        choices={[{ value: '', text: deliveries.anyStatus }, ...statuses]}
      />
      <button class="button button--second" type="submit">
        {deliveries.show}
      </button>
    </form>
  );
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  const { deliveries, notifications } = useVisit().words;
  return (
    <Empty title={isFiltered ? deliveries.emptyFiltered : deliveries.empty}>
      {isFiltered ? (
        <a href="/notifications/deliveries">{notifications.showAll}</a>
      ) : (
        <p>{deliveries.emptyText}</p>
      )}
    </Empty>
  );
}
