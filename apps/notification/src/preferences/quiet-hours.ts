import type { QuietHours } from '@kopeck/contracts';
import { minuteOf, minuteOfDayIn, nextTimeOfDay } from './wall-clock.js';

/** True from `from` on until before `to`, over midnight where `to` is earlier. */
export function isQuiet({ from, to }: QuietHours, timeZone: string, moment: Date): boolean {
  const [start, end] = [minuteOf(from), minuteOf(to)];
  const shown = minuteOfDayIn(timeZone, moment);
  return start < end ? start <= shown && shown < end : start <= shown || shown < end;
}

/** Clocks that are put forward may skip the time between two quiet ones; more than two such jumps in a row there are none. */
const MAX_JUMPS = 3;

/** When what is due now may go out: now, or when the quiet hours end. Never earlier than now. */
export function afterQuietHours(quietHours: QuietHours | null, timeZone: string, now: Date): Date {
  if (quietHours === null) return now;
  const end = minuteOf(quietHours.to);
  let moment = now;
  for (let jump = 0; jump < MAX_JUMPS && isQuiet(quietHours, timeZone, moment); jump++) {
    moment = nextTimeOfDay(timeZone, end, moment);
  }
  return moment;
}
