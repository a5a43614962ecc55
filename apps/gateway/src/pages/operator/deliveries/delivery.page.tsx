import type { DeliveryAttempt, DeliveryDetails } from '@kopeck/contracts';
import { Empty } from '../../components/empty.js';
import { Facts } from '../../components/facts.js';
import { Form } from '../../components/form.js';
import { Moment } from '../../components/moment.js';
import { Records, type RecordColumn } from '../../components/records.js';
import { Status } from '../../components/status.js';
import { Shell } from '../../layout/shell.js';
import { useVisit } from '../../rendering/visit-context.js';
import { DeliveryStatusMark } from './delivery-status.js';

const REFRESH_SECONDS = 5;

export function DeliveryPage({ delivery }: { readonly delivery: DeliveryDetails }) {
  const { words } = useVisit();
  const text = words.operatorDeliveries;
  const { deliveryId, type, channel, status } = delivery;
  const refreshSeconds = status === 'waiting' ? REFRESH_SECONDS : undefined;
  return (
    <Shell
      title={text.deliveryTitle(text.types[type], text.channels[channel])}
      back={{ href: '/operator/deliveries', text: text.title }}
      refreshSeconds={refreshSeconds}
    >
      <p id="delivery-status" class="lead" role="status" data-refresh={refreshSeconds}>
        <DeliveryStatusMark status={status} />
      </p>
      <div id="delivery-facts" data-refresh={refreshSeconds}>
        <DeliveryFacts delivery={delivery} />
      </div>
      <section class="part" aria-labelledby="attempts">
        <h2 id="attempts">{text.attempts}</h2>
        <div id="delivery-attempts" data-refresh={refreshSeconds}>
          <Attempts history={delivery.history} />
        </div>
      </section>
      <Form action={`/operator/deliveries/${deliveryId}/retry`} class="part">
        <p class="note">{text.retryHint}</p>
        <p class="actions">
          <button class="button" type="submit">
            {text.retry}
          </button>
        </p>
      </Form>
    </Shell>
  );
}

function DeliveryFacts({ delivery }: { readonly delivery: DeliveryDetails }) {
  const { words } = useVisit();
  const text = words.operatorDeliveries;
  const { target, createdAt, dueAt, endedAt, lastError, status, deliveryId, notificationId } = delivery;
  return (
    <Facts
      facts={[
        { name: text.target, value: target },
        { name: text.createdAt, value: <Moment at={createdAt} /> },
        { name: text.dueAt, value: dueAt && <Moment at={dueAt} /> },
        { name: text.endedAt, value: endedAt && <Moment at={endedAt} /> },
        {
          name: text.lastError,
          value: status === 'delivered' ? null : lastError && <span lang="en">{lastError}</span>,
        },
        { name: text.deliveryId, value: <code class="id">{deliveryId}</code> },
        { name: text.notificationId, value: <code class="id">{notificationId}</code> },
      ]}
    />
  );
}

function Attempts({ history }: { readonly history: readonly DeliveryAttempt[] }) {
  const { words, formats } = useVisit();
  const text = words.operatorDeliveries;
  if (history.length === 0) return <Empty title={text.noAttempts} />;
  const columns: RecordColumn<DeliveryAttempt>[] = [
    { name: text.attempt, cell: ({ attempt }) => formats.number(attempt) },
    { name: text.at, cell: ({ at }) => <Moment at={at} /> },
    {
      name: text.outcome,
      cell: ({ outcome, error }) => (
        <>
          <Status mood={outcome === 'delivered' ? 'good' : 'bad'}>{text.outcomes[outcome]}</Status>
          {error !== null && (
            <div class="note" lang="en">
              {error}
            </div>
          )}
        </>
      ),
    },
    {
      name: text.responseCode,
      isNumber: true,
      cell: ({ responseCode }) => (responseCode === null ? '–' : String(responseCode)),
    },
    { name: text.duration, isNumber: true, cell: ({ durationMs }) => text.ms(formats.number(durationMs)) },
  ];
  return (
    <Records
      caption={text.attempts}
      columns={columns}
      rows={history}
      keyOf={({ attempt }) => String(attempt)}
    />
  );
}
