import type { TelegramLink } from '@kopeck/contracts';
import { Form } from '../components/form.js';
import { Moment } from '../components/moment.js';
import { Notice } from '../components/notice.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';

export interface TelegramPageProps {
  readonly isOffered: boolean;
  readonly isLinked: boolean;
  /** Only in the answer to the form that asked for it: it's kept nowhere. */
  readonly link?: TelegramLink;
}

/** The way to link a Telegram chat: a code that only its owner has, sent from there. */
export function TelegramPage({ isOffered, isLinked, link }: TelegramPageProps) {
  const { telegram } = useVisit().words.contacts;
  return (
    <Shell title={telegram.title} back={{ href: '/preferences', text: telegram.back }}>
      {isLinked && <Notice>{telegram.isLinked}</Notice>}
      {!isLinked && !isOffered && <Notice>{telegram.notOffered}</Notice>}
      {!isLinked && isOffered && (link ? <Code link={link} /> : <Ask />)}
    </Shell>
  );
}

function Ask() {
  const { telegram } = useVisit().words.contacts;
  return (
    <>
      <p>{telegram.notYet}</p>
      <Form action="/preferences/telegram">
        <button class="button" type="submit">
          {telegram.again}
        </button>
      </Form>
    </>
  );
}

function Code({ link: { code, url, expiresAt } }: { readonly link: TelegramLink }) {
  const { telegram } = useVisit().words.contacts;
  return (
    <>
      <p>{telegram.lead}</p>
      <p class="secret">
        <span class="note">{telegram.code}</span>
        <code class="id">{code}</code>
      </p>
      <p class="note">
        {`${telegram.valid} `}
        <Moment at={expiresAt} as="time" />
      </p>
      {url === null ? <p>{telegram.how}</p> : <OpenBot url={url} />}
      <p>
        <a href="/preferences/telegram">{telegram.check}</a>
      </p>
    </>
  );
}

function OpenBot({ url }: { readonly url: string }) {
  const { telegram } = useVisit().words.contacts;
  if (!url.startsWith('https://')) return <p>{telegram.how}</p>;
  return (
    <p class="actions">
      <a class="button" href={url} rel="noreferrer noopener">
        {telegram.open}
      </a>
    </p>
  );
}
