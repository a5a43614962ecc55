import { nextFullHour, nextTimeOfDay } from '../preferences/wall-clock.js';
import type { Preferences } from '../preferences/preferences.js';

/** 09:00 */
const DAILY_MINUTE = 540;

/** When what is collected from now on is told, on the person's own clock. */
export function digestTimeOf({ rateDigest, timeZone }: Preferences, now: Date): Date {
  return rateDigest === 'daily' ? nextTimeOfDay(timeZone, DAILY_MINUTE, now) : nextFullHour(timeZone, now);
}
