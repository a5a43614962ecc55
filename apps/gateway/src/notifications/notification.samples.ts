import { uuidV5, type InboxItem, type InboxReplay, type ReplayInbox } from '@kopeck/contracts';

const NAMESPACE = '6f1d3f0a-52c7-4c55-9d52-0f0c3b8a7e11';

/** A line of an inbox for tests; the ordinal makes it what it is. */
export function inboxItemOf(ordinal: number, facts: Partial<InboxItem> = {}): InboxItem {
  return {
    notificationId: uuidV5(NAMESPACE, String(ordinal)),
    ordinal: String(ordinal),
    type: 'transfer_received',
    category: 'money',
    title: `You received ${ordinal}.00 EUR`,
    text: 'From account …5678.\nThank you',
    link: null,
    data: { amountMinor: `${ordinal}00`, currency: 'EUR' },
    occurredAt: '2026-03-01T09:30:00.000Z',
    readAt: null,
    ...facts,
  };
}

/** Answers replays as the notification service would with this many items in the inbox. */
export function replayOf(size: () => number): (question: ReplayInbox) => InboxReplay {
  return ({ afterOrdinal, limit }) => {
    const all = Array.from({ length: size() }, (_, index) => inboxItemOf(index + 1));
    const missed = all.filter(({ ordinal }) => BigInt(ordinal) > BigInt(afterOrdinal));
    return { data: missed.slice(0, limit), lastOrdinal: String(size()) };
  };
}
