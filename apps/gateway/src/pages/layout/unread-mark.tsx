import { useVisit } from '../rendering/visit-context.js';

/** What is counted up to by the service that knows. */
const MOST_COUNTED = 1_000;
const MOST_SHOWN = 99;

/** How many notifications are unread; live updates write the new number here. Nothing where there are none or nobody knows. */
export function UnreadMark() {
  const { unreadCount: count, words, formats } = useVisit();
  if (count === undefined) return null;
  const shown = count >= MOST_COUNTED ? `${formats.number(MOST_COUNTED)}+` : formats.number(count);
  return (
    <span class="unread" data-unread-count={count} hidden={count === 0}>
      <span aria-hidden="true">{count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}</span>
      <span class="unseen">{words.notifications.unreadCount(count, shown)}</span>
    </span>
  );
}
