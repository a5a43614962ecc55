import {
  isRefusal,
  refusal,
  type AccountHistory,
  type EntryView,
  type ListEntries,
  type Page,
  type Refusal,
} from '@kopeck/contracts';
import { Injectable } from '@nestjs/common';
import { ACCOUNT_NOT_FOUND } from '../accounts/account-refusals.js';
import { viewOf } from '../accounts/account.js';
import { AccountRepository } from '../accounts/account.repository.js';
import { cursorOf, NEWEST, versionOf } from './entry-cursor.js';
import { EntryRepository, type EntryFilter } from './entry.repository.js';

const INVALID_CURSOR = refusal(
  'invalid_cursor',
  'Use nextCursor of the page before, unchanged, or none to start at the newest entry.',
  { pointer: '/cursor' },
);

/** An account's history, the newest first, a page at a time. */
@Injectable()
export class ListEntriesService {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly entries: EntryRepository,
  ) {}

  async list({
    accountId,
    customerId,
    limit,
    cursor,
    ...filter
  }: ListEntries): Promise<Page<EntryView> | Refusal> {
    const below = cursor === undefined ? NEWEST : versionOf(cursor);
    if (below === null) return INVALID_CURSOR;
    // One more than asked for tells whether there is a next page.
    const found = isFiltered(filter)
      ? await this.entries.findBelow(accountId, customerId, below, limit + 1, filter)
      : await this.entries.listBelow(accountId, customerId, below, limit + 1);
    if (found.length === 0 && !(await this.accounts.read(accountId, customerId))) return ACCOUNT_NOT_FOUND;
    const data = found.slice(0, limit);
    const last = data.at(-1);
    return { data, nextCursor: found.length > limit && last ? cursorOf(last.accountVersion) : null };
  }

  /** With the account itself: for a page that shows both, one question instead of two. */
  async history(request: ListEntries): Promise<AccountHistory | Refusal> {
    const [account, entries] = await Promise.all([
      this.accounts.read(request.accountId, request.customerId),
      this.list(request),
    ]);
    if (!account) return ACCOUNT_NOT_FOUND;
    return isRefusal(entries) ? entries : { account: viewOf(account), entries };
  }
}

function isFiltered(filter: EntryFilter): boolean {
  return Object.values(filter).some((value) => value !== undefined && value !== null);
}
