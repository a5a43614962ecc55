import { Shell } from '../layout/shell.js';
import { homeOf } from '../layout/places.js';
import { Facts } from '../components/facts.js';
import { useVisit } from './visit-context.js';

export interface ErrorPageProps {
  readonly status: number;
  readonly title: string;
  /** What happened, whether money moved, and what to do. */
  readonly text: string;
  readonly retryAfterSeconds?: number;
}

/** Instead of a page that can't be shown. */
export function ErrorPage({ status, title, text, retryAfterSeconds }: ErrorPageProps) {
  const { words, formats, traceId, session } = useVisit();
  return (
    <Shell title={title}>
      <p class="lead">{text}</p>
      {retryAfterSeconds !== undefined && <p>{words.errors.retryAfter(formats.number(retryAfterSeconds))}</p>}
      <p class="actions">
        <a class="button" href={homeOf(session?.role)}>
          {session ? words.errors.home : words.errors.start}
        </a>
      </p>
      <Facts
        facts={[
          { name: words.errors.status, value: String(status) },
          { name: words.errors.traceId, value: <code class="id">{traceId}</code> },
        ]}
      />
    </Shell>
  );
}
