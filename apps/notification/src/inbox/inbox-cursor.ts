/** Where a page of an inbox ends, as an opaque token: the ordinal of its last line. */
const ORDINAL = /^n1:([1-9]\d{0,17})$/;

/** Above every ordinal there can be: the first page begins here. */
export const NEWEST = 2n ** 63n - 1n;

export function cursorOf(ordinal: string): string {
  return Buffer.from(`n1:${ordinal}`).toString('base64url');
}

/** @returns the ordinal to go on below; null for what isn't a cursor of ours. */
export function ordinalOf(cursor: string): bigint | null {
  const match = ORDINAL.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  // Decoding is lenient: the token must be the very one we'd give.
  return match && cursorOf(match[1]!) === cursor ? BigInt(match[1]!) : null;
}
