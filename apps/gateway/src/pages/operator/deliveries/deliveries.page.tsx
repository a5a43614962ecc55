import {
  DELIVERY_STATUSES,
  OUTSIDE_CHANNELS,
  type ChannelHealth,
  type DeliveryView,
  type Page,
} from '@kopeck/contracts';
import { Empty } from '../../components/empty.js';
import { SelectField } from '../../components/field.js';
import { Filters } from '../../components/filters.js';
import { Moment } from '../../components/moment.js';
import { NextPage } from '../../components/next-page.js';
import { Notice } from '../../components/notice.js';
import { Records, type RecordColumn } from '../../components/records.js';
import { Shell } from '../../layout/shell.js';
import { useVisit } from '../../rendering/visit-context.js';
import { ChannelTable } from './channel-table.js';
import { addressOfDeliveries, type DeliveryFilter } from './delivery-filter.js';
import { DeliveryStatusMark } from './delivery-status.js';

export interface DeliveriesPageProps {
  /** Undefined where nobody can tell for the moment. */
  readonly channels: readonly ChannelHealth[] | undefined;
  readonly filter: DeliveryFilter;
  readonly found: Page<DeliveryView>;
  readonly isContinued: boolean;
}

export function DeliveriesPage({ channels, filter, found, isContinued }: DeliveriesPageProps) {
  const { words } = useVisit();
  const text = words.operatorDeliveries;
  return (
    <Shell title={text.title}>
      <section class="part" aria-labelledby="channels">
        <h2 id="channels">{text.channelsTitle}</h2>
        {channels ? <ChannelTable channels={channels} /> : <Notice>{text.channelsAway}</Notice>}
      </section>
      <section class="part" aria-labelledby="messages">
        <h2 id="messages">{text.messages}</h2>
        <FilterForm filter={filter} />
        {found.data.length > 0 ? (
          <Found deliveries={found.data} />
        ) : (
          <Empty title={text.none}>
            {(filter.channel ?? filter.status) && <a href="/operator/deliveries">{text.showAll}</a>}
          </Empty>
        )}
        <NextPage
          nextCursor={found.nextCursor}
          isContinued={isContinued}
          first={addressOfDeliveries(filter)}
        />
      </section>
    </Shell>
  );
}

function FilterForm({ filter: { channel, status } }: { readonly filter: DeliveryFilter }) {
  const { words } = useVisit();
  const text = words.operatorDeliveries;
  return (
    <Filters action="/operator/deliveries">
      <SelectField
        name="channel"
        label={text.channel}
        value={channel}
        choices={[
          { value: '', text: text.anyChannel },
          ...OUTSIDE_CHANNELS.map((value) => ({ value, text: text.channels[value] })),
        ]}
      />
      <SelectField
        name="status"
        label={text.state}
        value={status}
        choices={[
          { value: '', text: text.anyState },
          ...DELIVERY_STATUSES.map((value) => ({ value, text: text.statuses[value] })),
        ]}
      />
    </Filters>
  );
}

function Found({ deliveries }: { readonly deliveries: readonly DeliveryView[] }) {
  const { words, formats } = useVisit();
  const text = words.operatorDeliveries;
  const columns: RecordColumn<DeliveryView>[] = [
    {
      name: text.createdAt,
      cell: ({ deliveryId, createdAt }) => (
        <a href={`/operator/deliveries/${deliveryId}`}>
          <Moment at={createdAt} />
        </a>
      ),
    },
    { name: text.type, cell: ({ type }) => text.types[type] },
    {
      name: text.target,
      cell: ({ channel, target }) => (
        <>
          {text.channels[channel]}
          {target !== null && <div class="note">{target}</div>}
        </>
      ),
    },
    {
      name: text.state,
      cell: ({ status, lastError }) => (
        <>
          <DeliveryStatusMark status={status} />
          {lastError !== null && status !== 'delivered' && (
            <div class="note" lang="en">
              {lastError}
            </div>
          )}
        </>
      ),
    },
    { name: text.attempts, isNumber: true, cell: ({ attempts }) => formats.number(attempts) },
  ];
  return (
    <Records
      caption={text.messages}
      columns={columns}
      rows={deliveries}
      keyOf={({ deliveryId }) => deliveryId}
    />
  );
}
