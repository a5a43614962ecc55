import type { InboxItem, InboxPage } from '@kopeck/contracts';
import { Empty } from '../components/empty.js';
import { Form } from '../components/form.js';
import { NextPage } from '../components/next-page.js';
import { Notice } from '../components/notice.js';
import { Tabs } from '../components/tabs.js';
import { Shell } from '../layout/shell.js';
import { useVisit } from '../rendering/visit-context.js';
import { byDay, type InboxDay } from './inbox-days.js';
import { InboxLine } from './inbox-line.js';

export interface InboxPageProps {
  /** Absent while nobody can read it. */
  readonly inbox: InboxPage | undefined;
  readonly isUnreadOnly: boolean;
  readonly isContinued: boolean;
}

export function InboxPageView({ inbox, isUnreadOnly, isContinued }: InboxPageProps) {
  const { words } = useVisit();
  const { notifications } = words;
  return (
    <Shell title={notifications.title}>
      <div class="head">
        <Tabs
          label={notifications.filter}
          tabs={[
            { href: '/notifications', text: notifications.all, isHere: !isUnreadOnly },
            { href: '/notifications?unread=1', text: notifications.onlyUnread, isHere: isUnreadOnly },
          ]}
        />
        <p class="beside">
          <a href="/notifications/deliveries">{notifications.deliveries}</a>
          <a href="/preferences">{notifications.preferences}</a>
        </p>
      </div>
      {inbox === undefined ? (
        <Notice>
          <p>{notifications.away}</p>
          <p>{notifications.nothingAway}</p>
        </Notice>
      ) : (
        // Further pages keep what is read just now in its place.
        <div class="content" data-region={isContinued ? undefined : 'inbox'}>
          <Inbox inbox={inbox} isUnreadOnly={isUnreadOnly} isContinued={isContinued} />
        </div>
      )}
    </Shell>
  );
}

type InboxProps = InboxPageProps & { readonly inbox: InboxPage };

function Inbox({ inbox, isUnreadOnly, isContinued }: InboxProps) {
  const { formats } = useVisit();
  const first = isUnreadOnly ? '/notifications?unread=1' : '/notifications';
  if (inbox.data.length === 0 && !isContinued) return <Nothing isUnreadOnly={isUnreadOnly} />;
  return (
    <>
      {!isContinued && <Unread count={inbox.unreadCount} newest={inbox.data[0]} />}
      {byDay(inbox.data, (moment) => formats.dayKey(moment)).map((day) => (
        <Day key={day.key} day={day} />
      ))}
      <NextPage nextCursor={inbox.nextCursor} isContinued={isContinued} first={first} />
    </>
  );
}

function Unread({ count, newest }: { readonly count: number; readonly newest: InboxItem | undefined }) {
  const { words, formats } = useVisit();
  if (count === 0 || newest === undefined) return <p class="note">{words.notifications.allRead}</p>;
  return (
    <div class="head">
      <p>{words.notifications.unreadCount(count, formats.number(count))}</p>
      <Form action="/notifications/read" hidden={{ upToOrdinal: newest.ordinal }}>
        <button class="quiet" type="submit">
          {words.notifications.markAllRead}
        </button>
      </Form>
    </div>
  );
}

function Day({ day }: { readonly day: InboxDay }) {
  const { words, formats, nowMs } = useVisit();
  const names: Readonly<Record<string, string>> = {
    [formats.dayKey(new Date(nowMs - 86_400_000).toISOString())]: words.notifications.yesterday,
    [formats.dayKey(new Date(nowMs).toISOString())]: words.notifications.today,
  };
  return (
    <section class="day" aria-labelledby={`day-${day.key}`}>
      <h2 id={`day-${day.key}`}>{names[day.key] ?? formats.day(day.items[0]!.occurredAt)}</h2>
      <ul class="records">
        {day.items.map((item) => (
          <InboxLine key={item.notificationId} item={item} />
        ))}
      </ul>
    </section>
  );
}

function Nothing({ isUnreadOnly }: { readonly isUnreadOnly: boolean }) {
  const { notifications } = useVisit().words;
  return (
    <Empty title={isUnreadOnly ? notifications.emptyUnread : notifications.empty}>
      {isUnreadOnly ? <a href="/notifications">{notifications.showAll}</a> : <p>{notifications.emptyText}</p>}
    </Empty>
  );
}
