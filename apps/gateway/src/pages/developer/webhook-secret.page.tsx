import type { WebhookWithSecretResource } from '../../webhooks/webhook.dto.js';
import { Notice } from '../components/notice.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';

/** The one answer that shows a secret. It is the answer to a form, so that no address leads to it. */
export function WebhookSecretPage({ webhook }: { readonly webhook: WebhookWithSecretResource }) {
  const { words, formats } = useVisit();
  const { secret: texts } = words.developer;
  const { id, url, secret, previousSecretUntil } = webhook;
  return (
    <Shell title={texts.title}>
      <p class="id">{url}</p>
      <Notice>{texts.once}</Notice>
      <p class="secret">
        <span class="note">{texts.name}</span>
        <code class="id">{secret}</code>
      </p>
      {previousSecretUntil !== null && <p>{texts.rotated(formats.moment(previousSecretUntil))}</p>}
      <p class="actions">
        <a class="button" href={`/developer/webhooks/${id}`}>
          {texts.done}
        </a>
      </p>
    </Shell>
  );
}
