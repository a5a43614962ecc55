import { MAX_WEBHOOK_ENDPOINTS, type WebhookEndpointView } from '@kopeck/contracts';
import { Empty } from '../components/empty.js';
import { Notice } from '../components/notice.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';
import { requestSample, SIGNATURE_SAMPLE } from './samples.js';
import { WebhookStatusMark } from './webhook-status.js';

export interface DeveloperPageProps {
  /** Absent while nobody can read them. */
  readonly webhooks: readonly WebhookEndpointView[] | undefined;
  /** Of this bank, as the browser reached it. */
  readonly origin: string;
}

export function DeveloperPage({ webhooks, origin }: DeveloperPageProps) {
  const { developer, profile } = useVisit().words;
  return (
    <Shell title={developer.title} back={{ href: '/profile', text: profile.title }}>
      <p>{developer.lead}</p>
      <section class="stack" aria-labelledby="webhooks-title">
        <h2 id="webhooks-title">{developer.webhooks}</h2>
        <p class="note">{developer.webhooksHint}</p>
        {webhooks === undefined ? <Notice>{developer.away}</Notice> : <Webhooks webhooks={webhooks} />}
      </section>
      <section class="stack" aria-labelledby="signatures-title">
        <h2 id="signatures-title">{developer.signatures.title}</h2>
        <p>{developer.signatures.text}</p>
        <Sample text={SIGNATURE_SAMPLE} />
        <p class="note">{developer.signatures.secretHint}</p>
      </section>
      <section class="stack" aria-labelledby="requests-title">
        <h2 id="requests-title">{developer.requests.title}</h2>
        <p>{developer.requests.text}</p>
        <Sample text={requestSample(origin)} />
      </section>
      <Documents />
    </Shell>
  );
}

function Webhooks({ webhooks }: { readonly webhooks: readonly WebhookEndpointView[] }) {
  const { words, formats } = useVisit();
  const { developer } = words;
  const isFull = webhooks.length >= MAX_WEBHOOK_ENDPOINTS;
  return (
    <>
      {webhooks.length === 0 ? (
        <Empty title={developer.empty}>
          <p>{developer.emptyText}</p>
        </Empty>
      ) : (
        <ul class="records">
          {webhooks.map((webhook) => (
            <WebhookLine key={webhook.endpointId} webhook={webhook} />
          ))}
        </ul>
      )}
      {isFull ? (
        <p class="note">{developer.most(formats.number(webhooks.length))}</p>
      ) : (
        <p class="actions">
          <a class="button" href="/developer/webhooks/new">
            {developer.add}
          </a>
        </p>
      )}
    </>
  );
}

function WebhookLine({ webhook }: { readonly webhook: WebhookEndpointView }) {
  const { words } = useVisit();
  const { endpointId, url, description, types, disabledReason } = webhook;
  return (
    <li class="record">
      <div class="record__top">
        <h3 class="id">
          <a href={`/developer/webhooks/${endpointId}`}>{url}</a>
        </h3>
        <WebhookStatusMark webhook={webhook} />
      </div>
      {description !== null && <p>{description}</p>}
      {disabledReason !== null && <p class="trouble">{words.developer.reasons[disabledReason]}</p>}
      <p class="note">
        {types.length === 0
          ? words.developer.allTypes
          : types.map((type) => words.notifications.types[type]).join(', ')}
      </p>
    </li>
  );
}

/** Scrolls by itself where it is wider than the page, also by keyboard. */
function Sample({ text }: { readonly text: string }) {
  return (
    <pre class="sample" tabIndex={0}>
      <code>{text}</code>
    </pre>
  );
}

function Documents() {
  const { documents } = useVisit().words.developer;
  return (
    <nav class="stack" aria-labelledby="documents-title">
      <h2 id="documents-title">{documents.title}</h2>
      <ul class="links">
        <li>
          <a href="/docs">{documents.api}</a>
        </li>
        <li>
          <a href="/docs/openapi.json">{documents.openapi}</a>
        </li>
        <li>
          <a href="/docs/problems">{documents.problems}</a>
        </li>
      </ul>
    </nav>
  );
}
