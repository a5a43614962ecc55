import type { FeedView, HeldBulletin } from '@kopeck/contracts';
import { Facts } from '../../components/facts.js';
import { Moment } from '../../components/moment.js';
import { Notice } from '../../components/notice.js';
import { Status, type Mood } from '../../components/status.js';
import { Shell } from '../../layout/shell.js';
import { useVisit } from '../../rendering/visit-context.js';
import { noonOf } from '../day.js';
import type { Person } from '../people.service.js';
import { JumpTable } from './jump-table.js';
import { OverrideTable } from './override-table.js';

export interface FeedsPageProps {
  readonly feeds: readonly FeedView[];
  /** Operators by id, as far as they could be found. */
  readonly people: ReadonlyMap<string, Person>;
}

const MOODS: Readonly<Record<FeedView['status'], Mood>> = {
  up: 'good',
  failing: 'waiting',
  open_breaker: 'bad',
  snapshot: 'waiting',
};

export function FeedsPage({ feeds, people }: FeedsPageProps) {
  const { words } = useVisit();
  const text = words.operatorRates;
  return (
    <Shell title={text.title}>
      <p class="actions">
        <a class="button button--second" href="/operator/rates/overrides">
          {text.setByHand}
        </a>
        <a href="/rates">{text.toRates}</a>
      </p>
      {feeds.map((feed) => (
        <section key={feed.source} class="part" aria-labelledby={feed.source}>
          <h2 id={feed.source}>{text.sources[feed.source]}</h2>
          {feed.held && <Held held={feed.held} />}
          <FeedFacts feed={feed} />
          <OverrideTable overrides={feed.overrides} people={people} />
        </section>
      ))}
    </Shell>
  );
}

function Held({ held }: { readonly held: HeldBulletin }) {
  const { words, formats } = useVisit();
  const text = words.operatorRates;
  return (
    <Notice>
      <div class="stack">
        <p>{text.heldLead(formats.day(noonOf(held.asOf)))}</p>
        <JumpTable jumps={held.jumps} />
        <p>
          <a class="button" href={`/operator/rates/held/${held.bulletinId}`}>
            {text.decide}
          </a>
        </p>
      </div>
    </Notice>
  );
}

function FeedFacts({ feed }: { readonly feed: FeedView }) {
  const { words, formats } = useVisit();
  const text = words.operatorRates;
  const { status, asOf, lastError, consecutiveFailures } = feed;
  return (
    <Facts
      facts={[
        { name: text.status, value: <Status mood={MOODS[status]}>{text.statuses[status]}</Status> },
        { name: text.asOf, value: asOf === null ? text.never : formats.day(noonOf(asOf)) },
        { name: text.confirmedAt, value: <WhenAndAgo at={feed.confirmedAt} /> },
        { name: text.lastAttemptAt, value: <WhenAndAgo at={feed.lastAttemptAt} /> },
        { name: text.nextAttemptAt, value: feed.nextAttemptAt && <Moment at={feed.nextAttemptAt} /> },
        { name: text.failures, value: consecutiveFailures > 0 ? formats.number(consecutiveFailures) : '' },
        { name: text.lastError, value: lastError && <span lang="en">{lastError}</span> },
      ]}
    />
  );
}

function WhenAndAgo({ at }: { readonly at: string | null }) {
  const { words, formats, nowMs } = useVisit();
  if (at === null) return <>{words.operatorRates.never}</>;
  return (
    <>
      <Moment at={at} /> <span class="note">{formats.ago(at, nowMs)}</span>
    </>
  );
}
