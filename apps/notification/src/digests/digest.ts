import type { RateChange } from '@kopeck/contracts';
import { rateDataOf } from '../intake/rate-news.js';
import type { News } from '../intake/news.js';

/** One currency at one source: from the rate before the first change that isn't told yet to the last change. */
export interface CollectedChange extends RateChange {
  /** Told already; kept, so that the change is known when it comes again. */
  readonly isTold: boolean;
}

/** What one person is to be told together. */
export interface Digest {
  readonly customerId: string;
  /** Null while there is nothing to tell. */
  readonly dueAt: Date | null;
  /** By source and currency: `ecb/USD`. As many as there are sources times currencies, at most. */
  readonly changes: Readonly<Record<string, CollectedChange>>;
}

/**
 * Adds changes in the order in which they happened. One that isn't newer than what is known came again, and changes nothing,
 * even when it was told long ago.
 *
 * @param dueAt for a digest that has nothing to tell so far.
 * @returns the very same digest when nothing was new.
 */
export function collected(digest: Digest, changes: readonly RateChange[], dueAt: Date): Digest {
  let after: Record<string, CollectedChange> | undefined;
  for (const change of changes) {
    const name = `${change.source}/${change.base}`;
    const known = (after ?? digest.changes)[name];
    if (known && change.changedAt <= known.changedAt) continue;
    const oldRate = known && !known.isTold ? known.oldRate : change.oldRate;
    after = { ...(after ?? digest.changes), [name]: { ...change, oldRate, isTold: false } };
  }
  return after ? { ...digest, changes: after, dueAt: digest.dueAt ?? dueAt } : digest;
}

/** @returns undefined when all that changed has changed back. */
export function digestNewsOf({ customerId, dueAt, changes }: Digest): News | undefined {
  const moved = Object.values(changes).filter(
    ({ isTold, oldRate, newRate }) => !isTold && oldRate !== newRate,
  );
  if (moved.length === 0 || dueAt === null) return undefined;
  const occurredAt = dueAt.toISOString();
  return {
    eventId: `digest/${occurredAt}`,
    customerId,
    type: 'rate_change',
    // Data is flat, so that it passes through every channel: the list is one text.
    data: { isDigest: true, count: moved.length, changes: JSON.stringify(moved.map(rateDataOf)) },
    occurredAt,
  };
}

export function afterTelling(digest: Digest): Digest {
  const changes = Object.entries(digest.changes).map(([name, change]) => [name, { ...change, isTold: true }]);
  return { ...digest, dueAt: null, changes: Object.fromEntries(changes) };
}
