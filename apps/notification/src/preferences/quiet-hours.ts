import type { QuietHours } from '@kopeck/contracts';
import { clockChangeBetween, minuteOf, minuteOfDayIn, unchangedTimeOfDay } from './wall-clock.js';

/** True from `from` on until before `to`, over midnight where `to` is earlier. */
export function isQuiet({ from, to }: QuietHours, timeZone: string, moment: Date): boolean {
  const [start, end] = [minuteOf(from), minuteOf(to)];
  const shown = minuteOfDayIn(timeZone, moment);
  return start < end ? start <= shown && shown < end : start <= shown || shown < end;
}

/** Twice a year one step ends where clocks are put forward or back; more than two such in a row there are none. */
const MAX_STEPS = 4;

/** When what is due now may go out: now, or in the first minute that isn't quiet. Never earlier than now. */
export function afterQuietHours(quietHours: QuietHours | null, timeZone: string, now: Date): Date {
  if (quietHours === null) return now;
  const end = minuteOf(quietHours.to);
  let moment = now;
  for (let step = 0; step < MAX_STEPS && isQuiet(quietHours, timeZone, moment); step++) {
    const unchanged = unchangedTimeOfDay(timeZone, end, moment);
    moment = clockChangeBetween(timeZone, moment, unchanged) ?? unchanged;
  }
  return moment;
}
