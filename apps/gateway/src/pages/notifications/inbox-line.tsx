import type { InboxItem } from '@kopeck/contracts';
import { Form } from '../components/form.js';
import { Moment } from '../components/moment.js';
import { useVisit } from '../rendering/visit-context.js';
import { ownPathOf } from '../visits/own-path.js';

/** One notification: what it says and the way to what it's about. An unread one has a mark and the word. */
export function InboxLine({ item }: { readonly item: InboxItem }) {
  const { words } = useVisit();
  const isUnread = item.readAt === null;
  return (
    <li class={isUnread ? 'record record--unread' : 'record'}>
      <div class="record__top">
        <Title item={item} isUnread={isUnread} />
        <span class="note">
          <Moment at={item.occurredAt} as="time" />
        </span>
      </div>
      <p>{item.text}</p>
      {isUnread && (
        <div class="record__foot">
          <span class="new">{words.notifications.unread}</span>
          <Form action={openingOf(item)}>
            <button class="quiet quiet--small" type="submit">
              {words.notifications.markRead}
              <span class="unseen">{`: ${item.title}`}</span>
            </button>
          </Form>
        </div>
      )}
    </li>
  );
}

/** Opening an unread one marks it as read, which only a form may do. */
function Title({ item, isUnread }: { readonly item: InboxItem; readonly isUnread: boolean }) {
  const link = ownPathOf(item.link);
  if (link === undefined) return <h3>{item.title}</h3>;
  if (!isUnread) {
    return (
      <h3>
        <a href={link}>{item.title}</a>
      </h3>
    );
  }
  return (
    <Form action={openingOf(item)} hidden={{ goal: link }}>
      <h3>
        <button class="linklike" type="submit">
          {item.title}
        </button>
      </h3>
    </Form>
  );
}

function openingOf({ notificationId }: InboxItem): string {
  return `/notifications/${notificationId}/open`;
}
