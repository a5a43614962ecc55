import { isInstant } from '@kopeck/contracts';

const DAY_MS = 86_400_000;

/** Whether it is a day of the calendar as date fields write it: not 30 February. */
export function isDay(text: string): boolean {
  return isInstant(`${text}T00:00:00Z`);
}

/**
 * The moment at which a day begins in a time zone, RFC 3339 in UTC.
 *
 * @param day `YYYY-MM-DD` of the calendar.
 * @param days how many days later: 1 for the moment at which it ends.
 */
export function startOfDay(day: string, timeZone: string, days = 0): string {
  const wantedMs = Date.parse(`${day}T00:00:00Z`) + days * DAY_MS;
  // The offset may change on that very day: the second look is at the moment that the first one found.
  const guessMs = wantedMs - offsetMs(wantedMs, timeZone);
  return new Date(wantedMs - offsetMs(guessMs, timeZone)).toISOString();
}

/** How far the clocks of a time zone are ahead of UTC at a moment. */
function offsetMs(ms: number, timeZone: string): number {
  const name = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' })
    .formatToParts(ms)
    .find(({ type }) => type === 'timeZoneName')?.value;
  const [, sign, hours, minutes, seconds] = /GMT([+-])(\d{2}):(\d{2})(?::(\d{2}))?/.exec(name ?? '') ?? [];
  if (sign === undefined) return 0;
  const size = Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Number(seconds ?? 0) * 1_000;
  return sign === '-' ? -size : size;
}
