import type { DeliveryAttempt, DeliveryDetails } from '@kopeck/contracts';
import { Facts } from '../components/facts.js';
import { Form } from '../components/form.js';
import { Moment } from '../components/moment.js';
import { Status } from '../components/status.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';
import { DeliveryStatusMark } from './delivery-status.js';

/** Soon enough for somebody who waits for a test message. */
const LOOK_AGAIN_SECONDS = 5;
/** What is tried later than that is not waited for. */
const SOON_MS = 60_000;

/** One message on its way: what became of each attempt, and "send again". */
export function DeliveryPage({ delivery }: { readonly delivery: DeliveryDetails }) {
  const { words, nowMs } = useVisit();
  const { deliveryId, type, channel, status, dueAt, history } = delivery;
  const { one } = words.deliveries;
  const title = one.title(words.notifications.types[type], words.notifications.channels[channel]);
  const isWaiting = status === 'waiting';
  const isSoon = isWaiting && (dueAt === null || Date.parse(dueAt) < nowMs + SOON_MS);
  return (
    <Shell
      title={title}
      back={{ href: '/notifications/deliveries', text: one.back }}
      refreshSeconds={isSoon ? LOOK_AGAIN_SECONDS : undefined}
    >
      <div class="stack" data-region="delivery" data-pending={isSoon ? '' : undefined}>
        <DeliveryFacts delivery={delivery} />
        {isWaiting && !isSoon && (
          <p>
            <a href={`/notifications/deliveries/${deliveryId}`}>{one.lookAgain}</a>
          </p>
        )}
        <section class="stack" aria-labelledby="history">
          <h2 id="history">{one.history}</h2>
          {history.length === 0 ? <p>{one.noHistory}</p> : <History history={history} />}
        </section>
      </div>
      <Form action={`/notifications/deliveries/${deliveryId}/retry`} class="stack">
        <p class="note">{one.sendAgainHint}</p>
        <p class="actions">
          <button class="button button--second" type="submit">
            {one.sendAgain}
          </button>
        </p>
      </Form>
    </Shell>
  );
}

function DeliveryFacts({ delivery }: { readonly delivery: DeliveryDetails }) {
  const { words } = useVisit();
  const { deliveryId, target, status, lastError, createdAt, dueAt, endedAt } = delivery;
  const names = words.deliveries;
  return (
    <Facts
      facts={[
        { name: names.status, value: <DeliveryStatusMark status={status} /> },
        { name: names.target, value: target ?? names.noTarget },
        { name: names.lastError, value: lastError && <q lang="en">{lastError}</q> },
        { name: names.nextTry, value: dueAt && <Moment at={dueAt} /> },
        { name: names.createdAt, value: <Moment at={createdAt} /> },
        { name: names.endedAt, value: endedAt && <Moment at={endedAt} /> },
        { name: names.id, value: <code class="id">{deliveryId}</code> },
      ]}
    />
  );
}

function History({ history }: { readonly history: readonly DeliveryAttempt[] }) {
  const { words, formats } = useVisit();
  const { one } = words.deliveries;
  return (
    <ol class="records">
      {history.map(({ attempt, at, durationMs, outcome, responseCode, error }) => (
        <li class="record" key={attempt}>
          <div class="record__top">
            <h3>{`${one.attempt} ${formats.number(attempt)}`}</h3>
            <Status mood={outcome === 'delivered' ? 'good' : 'bad'}>{one.outcomes[outcome]}</Status>
          </div>
          {error !== null && (
            <p class="trouble">
              <q lang="en">{error}</q>
            </p>
          )}
          <p class="note">
            <Moment at={at} />
            {` · ${one.took} ${one.duration(formats.number(durationMs))}`}
            {responseCode !== null && ` · ${one.answer} ${responseCode}`}
          </p>
        </li>
      ))}
    </ol>
  );
}
