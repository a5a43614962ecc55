import type { InboxItem } from '@kopeck/contracts';

/** What came on one day, as the person counts days. */
export interface InboxDay {
  /** `YYYY-MM-DD` */
  readonly key: string;
  readonly items: readonly InboxItem[];
}

/**
 * Puts what is listed newest first under its days.
 *
 * @param dayKey the day of a moment in the person's time zone.
 */
export function byDay(items: readonly InboxItem[], dayKey: (moment: string) => string): InboxDay[] {
  const days = new Map<string, InboxItem[]>();
  for (const item of items) {
    const key = dayKey(item.occurredAt);
    const known = days.get(key);
    if (known) known.push(item);
    else days.set(key, [item]);
  }
  return [...days].map(([key, ofDay]) => ({ key, items: ofDay }));
}
