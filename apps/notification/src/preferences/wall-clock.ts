const MINUTE_MS = 60_000;
const MINUTES_A_DAY = 1_440;
const HOUR_MINUTES = 60;

/** True for an IANA name that this platform knows; offsets such as `+03:00` are none, since they know no summer. */
export function isTimeZone(name: string): boolean {
  return /^[A-Za-z]/.test(name) && formatOf(name) !== undefined;
}

/** What clocks show there: minutes since midnight. @throws {RangeError} for an unknown zone. */
export function minuteOfDayIn(timeZone: string, moment: Date): number {
  const local = localMinutesOf(timeZone, moment.getTime());
  return ahead(0, local % MINUTES_A_DAY);
}

/** `07:30` → 450 */
export function minuteOf(timeOfDay: string): number {
  const [hours, minutes] = timeOfDay.split(':').map(Number);
  return hours! * HOUR_MINUTES + minutes!;
}

/** The first moment after `now` at which clocks would show `minute` of a day, if nobody put them forward or back. */
export function unchangedTimeOfDay(timeZone: string, minute: number, now: Date): Date {
  const waitMinutes = ahead(minuteOfDayIn(timeZone, now), minute) || MINUTES_A_DAY;
  return new Date(startOfMinute(now.getTime()) + waitMinutes * MINUTE_MS);
}

/** The first whole minute after `from`, up to `to`, at which clocks were put forward or back; a day has one at most. */
export function clockChangeBetween(timeZone: string, from: Date, to: Date): Date | undefined {
  const offset = offsetMinutesOf(timeZone, from.getTime());
  if (offsetMinutesOf(timeZone, to.getTime()) === offset) return undefined;
  let [before, after] = [Math.floor(from.getTime() / MINUTE_MS), Math.ceil(to.getTime() / MINUTE_MS)];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetMinutesOf(timeZone, middle * MINUTE_MS) === offset) before = middle;
    else after = middle;
  }
  return new Date(after * MINUTE_MS);
}

/**
 * The first moment after `now` at which clocks show `minute` of a day; where they are put forward over it, the moment at which
 * that is done.
 */
export function nextTimeOfDay(timeZone: string, minute: number, now: Date): Date {
  const unchanged = unchangedTimeOfDay(timeZone, minute, now);
  const change = clockChangeBetween(timeZone, now, unchanged);
  if (!change) return unchanged;
  const before = minuteOfDayIn(timeZone, new Date(change.getTime() - MINUTE_MS));
  const shown = minuteOfDayIn(timeZone, change);
  const skipped = ahead(before, shown);
  const isPassedOver = skipped < MINUTES_A_DAY / 2 && before !== minute && ahead(before, minute) < skipped;
  return isPassedOver ? change : new Date(change.getTime() + ahead(shown, minute) * MINUTE_MS);
}

/** The first moment after `now` at which clocks there show a full hour. */
export function nextFullHour(timeZone: string, now: Date): Date {
  const minute = minuteOfDayIn(timeZone, now);
  const full = (Math.floor(minute / HOUR_MINUTES) + 1) * HOUR_MINUTES;
  return nextTimeOfDay(timeZone, full % MINUTES_A_DAY, now);
}

/** How many minutes later clocks show `to`, within a day. */
function ahead(from: number, to: number): number {
  return (to - from + MINUTES_A_DAY) % MINUTES_A_DAY;
}

function startOfMinute(ms: number): number {
  return Math.floor(ms / MINUTE_MS) * MINUTE_MS;
}

function offsetMinutesOf(timeZone: string, ms: number): number {
  return localMinutesOf(timeZone, ms) - Math.floor(ms / MINUTE_MS);
}

/** What clocks show, as minutes since their 1970. */
function localMinutesOf(timeZone: string, ms: number): number {
  const format = formatOf(timeZone);
  if (!format) throw new RangeError(`"${timeZone}" is no time zone`);
  const shown = Object.fromEntries(format.formatToParts(ms).map(({ type, value }) => [type, Number(value)]));
  const { year, month, day, hour, minute } = shown;
  return Date.UTC(year!, month! - 1, day!, hour!, minute!) / MINUTE_MS;
}

/** There are some six hundred; making one costs more than a hundred uses. */
const MAX_FORMATS = 700;
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat | undefined {
  const known = formats.get(timeZone);
  if (known) return known;
  try {
    const made = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    if (formats.size < MAX_FORMATS) formats.set(timeZone, made);
    return made;
  } catch {
    return undefined;
  }
}
