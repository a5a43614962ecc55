const LOCAL = /^(\d{4})-(\d{2})-(\d{2})[T ](\d{2}):(\d{2})(?::00)?$/;

/**
 * The moment that a clock on the wall of a time zone shows, as a field of type `datetime-local` sends it
 * (`2026-11-27T18:00`). Where clocks are set back, an hour comes twice: the first one is meant.
 *
 * @returns RFC 3339 in UTC; undefined for what no clock there ever shows.
 */
export function instantOfLocal(text: string, timeZone: string): string | undefined {
  const match = LOCAL.exec(text.trim());
  if (!match) return undefined;
  const wanted = `${match[1]}-${match[2]}-${match[3]}T${match[4]}:${match[5]}`;
  const wallMs = Date.parse(`${wanted}:00.000Z`);
  if (Number.isNaN(wallMs)) return undefined;
  // Offsets a day before and after are all that this wall clock can have been under.
  const offsets = [wallMs - DAY_MS, wallMs, wallMs + DAY_MS].map((ms) => offsetMs(ms, timeZone));
  const candidates = [...new Set(offsets)].map((offset) => wallMs - offset).sort((a, b) => a - b);
  const found = candidates.find((ms) => localOfInstant(ms, timeZone) === wanted);
  return found === undefined ? undefined : new Date(found).toISOString();
}

/** What the clock on the wall shows then, as such a field takes it: to the minute. */
export function localOfInstant(ms: number, timeZone: string): string {
  return new Date(ms + offsetMs(ms, timeZone)).toISOString().slice(0, 16);
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

function offsetMs(ms: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  }).formatToParts(ms);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value);
  const wallMs = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'));
  return wallMs - Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}
