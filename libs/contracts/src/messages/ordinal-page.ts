import type { Page } from './question.js';

const HIGHEST = 2n ** 63n - 1n;

/** Pages of rows that are numbered as they come, newest first. @returns below which ordinal the page begins; null when the cursor is none of ours. */
export function belowOf(cursor: string | undefined): bigint | null {
  if (cursor === undefined) return HIGHEST;
  const text = Buffer.from(cursor, 'base64url').toString();
  return /^\d{1,18}$/.test(text) ? BigInt(text) : null;
}

/** @param rows one more than the page has, if there are more. */
export function pageOf<Row extends { readonly ordinal: string }, View>(
  rows: readonly Row[],
  limit: number,
  viewOf: (row: Row) => View,
): Page<View> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return {
    data: shown.map(viewOf),
    nextCursor: hasMore ? Buffer.from(last.ordinal).toString('base64url') : null,
  };
}
