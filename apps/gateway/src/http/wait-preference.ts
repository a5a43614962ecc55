/** How long a client wants to wait for a final answer (RFC 7240, sections 4.1 and 4.3). */
export interface WaitPreference {
  readonly waitMs: number;
  /** What to say in Preference-Applied; absent where the client preferred nothing. */
  readonly applied?: string;
}

export const DEFAULT_WAIT_MS = 5_000;
export const MAX_WAIT_SECONDS = 30;

const DEFAULT: WaitPreference = { waitMs: DEFAULT_WAIT_MS };

/**
 * `wait=N` waits up to N seconds (30 at most), `respond-async` alone not at all; both together wait N seconds and then
 * answer 202. Preferences are hints: an unreadable one is ignored, the first of two wins (RFC 7240, section 2).
 */
export function waitPreferenceOf(header: string | string[] | undefined): WaitPreference {
  if (header === undefined) return DEFAULT;
  const preferences = (Array.isArray(header) ? header.join(',') : header)
    .split(',')
    .map((text) => text.trim());
  const wait = preferences.map((text) => /^wait\s*=\s*"?(\d{1,9})"?$/i.exec(text)?.[1]).find(Boolean);
  if (wait !== undefined) {
    const seconds = Math.min(Number(wait), MAX_WAIT_SECONDS);
    return { waitMs: seconds * 1_000, applied: `wait=${seconds}` };
  }
  const isAsync = preferences.some((text) => /^respond-async$/i.test(text));
  return isAsync ? { waitMs: 0, applied: 'respond-async' } : DEFAULT;
}
