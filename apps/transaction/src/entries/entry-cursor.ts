/**
 * Where a page of entries ends, as an opaque token: the account version of its last entry. Entries are never removed or
 * changed, so the next page goes on exactly there, whatever was posted meanwhile.
 */
const VERSION = /^e1:([1-9]\d{0,18})$/;

/** Above every version there can be: the first page begins here. */
export const NEWEST = 2n ** 63n - 1n;

export function cursorOf(accountVersion: string): string {
  return Buffer.from(`e1:${accountVersion}`).toString('base64url');
}

/** @returns the version to go on below; null for what isn't a cursor of ours. */
export function versionOf(cursor: string): bigint | null {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const match = VERSION.exec(text);
  // Decoding is lenient: the token must be the very one we'd give.
  if (!match || cursorOf(match[1]!) !== cursor) return null;
  const version = BigInt(match[1]!);
  return version <= NEWEST ? version : null;
}
