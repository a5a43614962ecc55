import { useVisit } from '../rendering/visit-context.js';

/** The largest number there is room for. */
const MOST_SHOWN = 99;
/** In place of a number that nobody knows: the open page asks for it again. */
const UNKNOWN = '?';

/**
 * How many notifications are unread; live updates write the new number here, so it is in the page, hidden, where there are
 * none and where nobody knows.
 */
export function UnreadMark() {
  const { unreadCount: count, words } = useVisit();
  return (
    <>
      <span class="unread" data-unread={count ?? UNKNOWN} hidden={!count}>
        {(count ?? 0) > MOST_SHOWN ? `${MOST_SHOWN}+` : count}
      </span>
      <span class="unseen">{words.notifications.unread}</span>
    </>
  );
}
