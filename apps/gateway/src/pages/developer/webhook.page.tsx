import type { DeliveryView, Page, WebhookEndpointView } from '@kopeck/contracts';
import { Facts } from '../components/facts.js';
import { Form } from '../components/form.js';
import { Moment } from '../components/moment.js';
import { NextPage } from '../components/next-page.js';
import { Notice } from '../components/notice.js';
import { Shell } from '../layout/shell.js';
import { DeliveryLines } from '../notifications/delivery-lines.js';
import { useVisit } from '../rendering/visit-context.js';
import { WebhookStatusMark } from './webhook-status.js';

export interface WebhookPageProps {
  readonly webhook: WebhookEndpointView;
  /** Absent while nobody can read them. */
  readonly deliveries: Page<DeliveryView> | undefined;
  readonly isContinued: boolean;
}

export function WebhookPage({ webhook, deliveries, isContinued }: WebhookPageProps) {
  const { developer } = useVisit().words;
  const page = `/developer/webhooks/${webhook.endpointId}`;
  return (
    <Shell title={developer.one.title} back={{ href: '/developer', text: developer.back }}>
      <WebhookFacts webhook={webhook} />
      <Actions webhook={webhook} page={page} />
      <section class="stack" aria-labelledby="deliveries-title">
        <h2 id="deliveries-title">{developer.one.deliveries}</h2>
        {deliveries === undefined && <Notice>{developer.one.deliveriesAway}</Notice>}
        {deliveries?.data.length === 0 && <p>{developer.one.noDeliveries}</p>}
        {deliveries !== undefined && deliveries.data.length > 0 && (
          <>
            <DeliveryLines deliveries={deliveries.data} />
            <NextPage nextCursor={deliveries.nextCursor} isContinued={isContinued} first={page} />
          </>
        )}
      </section>
    </Shell>
  );
}

function WebhookFacts({ webhook }: Pick<WebhookPageProps, 'webhook'>) {
  const { words } = useVisit();
  const { one, reasons, allTypes } = words.developer;
  const { endpointId, url, description, types, disabledReason, previousSecretUntil, createdAt } = webhook;
  const named = types.map((type) => words.notifications.types[type]).join(', ');
  const state = (
    <>
      <WebhookStatusMark webhook={webhook} />
      {disabledReason !== null && <p class="note">{reasons[disabledReason]}</p>}
    </>
  );
  return (
    <Facts
      facts={[
        { name: one.url, value: url },
        { name: one.status, value: state },
        { name: one.description, value: description },
        { name: one.events, value: named === '' ? allTypes : named },
        { name: one.oldSecret, value: previousSecretUntil && <Moment at={previousSecretUntil} /> },
        { name: one.created, value: <Moment at={createdAt} as="day" /> },
        { name: one.id, value: <code class="id">{endpointId}</code> },
      ]}
    />
  );
}

function Actions({ webhook, page }: Pick<WebhookPageProps, 'webhook'> & { readonly page: string }) {
  const { one } = useVisit().words.developer;
  const isActive = webhook.status === 'active';
  const switching = { status: isActive ? 'disabled' : 'active', revision: webhook.revision };
  return (
    <div class="actions">
      {isActive && (
        <Form action={`${page}/test`}>
          <button class="button" type="submit">
            {one.test}
          </button>
        </Form>
      )}
      <Form action={`${page}/status`} hidden={switching}>
        <button class={isActive ? 'button button--second' : 'button'} type="submit">
          {isActive ? one.disable : one.enable}
        </button>
      </Form>
      <a href={`${page}/edit`}>{one.edit}</a>
      <a href={`${page}/rotate`}>{one.rotate}</a>
      <a href={`${page}/delete`}>{one.delete}</a>
    </div>
  );
}
