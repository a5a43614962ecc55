import type { AccountState, AccountStatus, NotificationType } from '@kopeck/contracts';
import { lastDigitsOf } from '../templates/plain-text.js';
import type { Happening, News } from './news.js';

/** What people were last told of an account. */
export interface KnownAccount {
  readonly accountId: string;
  readonly status: AccountStatus;
  readonly revision: bigint;
}

export interface SeenState {
  readonly state: AccountState;
  /** When it was published, RFC 3339. */
  readonly publishedAt: string;
}

export interface AccountNews {
  readonly news: readonly News[];
  /** States that came again: if they were told, a crash may have kept the push of it from being sent. */
  readonly again: readonly Happening[];
  /** What is known from now on: those that moved. */
  readonly known: readonly KnownAccount[];
}

/**
 * What a batch of states tells. A change of status that was seen is always told. An account that is seen for the first time
 * may be years old, when this service reads an old log from its beginning: it's told only if the state was published since
 * `newsSince`, as opened if it never changed, as frozen if it's frozen, and otherwise just noted.
 */
export function accountNewsOf(
  seen: readonly SeenState[],
  before: ReadonlyMap<string, KnownAccount>,
  newsSince: Date,
): AccountNews {
  const known = new Map<string, KnownAccount>();
  const news: News[] = [];
  const again: Happening[] = [];
  for (const one of seen) {
    const accountId = one.state.accountId.toLowerCase();
    const customerId = one.state.customerId?.toLowerCase();
    const last = known.get(accountId) ?? before.get(accountId);
    const revision = BigInt(one.state.revision);
    if (!customerId) continue;
    if (last && revision <= last.revision) {
      again.push({ eventId: eventIdOf(one), customerId });
      continue;
    }
    const type = last ? changeOf(last.status, one.state.status) : firstSightOf(one, newsSince);
    if (type) news.push(newsOf(one, customerId, type));
    known.set(accountId, { accountId, status: one.state.status, revision });
  }
  return { news, again, known: [...known.values()] };
}

function changeOf(before: AccountStatus, now: AccountStatus): NotificationType | null {
  if (before === now) return null;
  return now === 'frozen' ? 'account_frozen' : 'account_unfrozen';
}

function firstSightOf({ state, publishedAt }: SeenState, newsSince: Date): NotificationType | null {
  if (new Date(publishedAt) < newsSince) return null;
  if (state.status === 'frozen') return 'account_frozen';
  return state.revision === '1' ? 'account_opened' : null;
}

function eventIdOf({ state }: Pick<SeenState, 'state'>): string {
  return `account/${state.accountId.toLowerCase()}/${state.revision}`;
}

function newsOf({ state, publishedAt }: SeenState, customerId: string, type: NotificationType): News {
  const accountId = state.accountId.toLowerCase();
  return {
    eventId: eventIdOf({ state }),
    customerId,
    type,
    data: { accountId, account: lastDigitsOf(state.number), currency: state.currency },
    occurredAt: publishedAt,
  };
}
