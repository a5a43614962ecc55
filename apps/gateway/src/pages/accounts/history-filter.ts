import { ENTRY_DIRECTIONS, REFERENCE, type EntryDirection, type ListEntries } from '@kopeck/contracts';
import type { FieldFault } from '../components/field-fault.js';
import { isDay, startOfDay } from '../language/days.js';
import type { Words } from '../language/words.js';

/** What is shown of an account's history, as it stands in the page's address. */
export interface HistoryFilter {
  readonly search: string;
  /** Days as date fields write them; empty: open. */
  readonly from: string;
  readonly until: string;
  readonly direction: EntryDirection | 'all';
}

const MAX_SEARCH = 100;

export function historyFilterOf(query: Readonly<Record<string, unknown>>): HistoryFilter {
  const text = (name: string) => {
    const value = query[name];
    return typeof value === 'string' ? value.trim().slice(0, MAX_SEARCH) : '';
  };
  const search = text('search');
  return {
    search: REFERENCE.test(search) ? search : '',
    from: text('from'),
    until: text('until'),
    direction: ENTRY_DIRECTIONS.find((direction) => direction === text('direction')) ?? 'all',
  };
}

export function faultsOfFilter({ from, until }: HistoryFilter, { accounts }: Words): FieldFault[] {
  const days = Object.entries({ from, until }).filter(([, day]) => day !== '');
  const unreadable = days.filter(([, day]) => !isDay(day));
  if (unreadable.length > 0) return unreadable.map(([field]) => ({ field, text: accounts.dayWrong }));
  const isReversed = from !== '' && until !== '' && until < from;
  return isReversed ? [{ field: 'until', text: accounts.untilBeforeFrom }] : [];
}

export function isOpen({ search, from, until, direction }: HistoryFilter): boolean {
  return search === '' && from === '' && until === '' && direction === 'all';
}

/** The ledger's words for it. Days are those of the person's clock, both of them included. */
export function questionOf(
  { search, from, until, direction }: HistoryFilter,
  timeZone: string,
): Pick<ListEntries, 'search' | 'from' | 'to' | 'direction'> {
  return {
    ...(search !== '' && { search }),
    ...(from !== '' && { from: startOfDay(from, timeZone) }),
    ...(until !== '' && { to: startOfDay(until, timeZone, 1) }),
    ...(direction !== 'all' && { direction }),
  };
}

/** The filter as part of an address; empty where it lets everything through. */
export function queryOf(filter: HistoryFilter): string {
  const given = Object.entries(filter).filter(([, value]) => value !== '' && value !== 'all');
  return given.length === 0 ? '' : `?${new URLSearchParams(given as [string, string][])}`;
}
