/** A resource's revision as a strong entity tag (RFC 9110, section 8.8.3). */
export function entityTagOf(revision: string): string {
  return `"${revision}"`;
}

/** What If-Match allows: any present state, or one of these revisions. */
export type RequiredVersion = { readonly any: true } | { readonly any: false; readonly revisions: string[] };

/**
 * Reads If-Match (RFC 9110, section 13.1.1). Weak tags never match, nor does what isn't a tag of ours; so both leave an
 * empty list, and the answer is 412. Undefined: the header is missing, the answer is 428 (RFC 6585).
 */
export function requiredVersionOf(ifMatch: string | undefined): RequiredVersion | undefined {
  if (ifMatch === undefined) return undefined;
  if (ifMatch.trim() === '*') return { any: true };
  const revisions = ifMatch
    .split(',')
    .map((tag) => /^"(\d{1,18})"$/.exec(tag.trim())?.[1])
    .filter((revision) => revision !== undefined);
  return { any: false, revisions };
}
