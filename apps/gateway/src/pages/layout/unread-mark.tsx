import { useVisit } from '../rendering/visit-context.js';

/** The largest number there is room for. */
const MOST_SHOWN = 99;

/**
 * How many notifications are unread; live updates write the new number here, so it is in the page, hidden, where there are
 * none. Nothing at all where nobody knows.
 */
export function UnreadMark() {
  const { unreadCount: count, words } = useVisit();
  if (count === undefined) return null;
  return (
    <>
      <span class="unread" data-unread={count} hidden={count === 0}>
        {count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}
      </span>
      <span class="unseen">{words.notifications.unread}</span>
    </>
  );
}
