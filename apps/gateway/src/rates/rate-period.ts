import { isInstant, MAX_RATE_POINTS, type RateStep } from '@kopeck/contracts';
import type { Fault } from '../http/problem.js';

/** A stretch of time and how finely it is told; moments as RFC 3339 in UTC. */
export interface RatePeriod {
  readonly from: string;
  /** Exclusive. */
  readonly to: string;
  readonly step: RateStep;
}

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 30;
/** A month by its shortest, so that what passes here is never too much for who answers. */
const STEP_MS: Readonly<Record<RateStep, number>> = {
  hour: 3_600_000,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 28 * DAY_MS,
};

/** Reads and completes a period; says what is wrong with it. */
export function ratePeriodOf(
  query: { readonly from?: string; readonly to?: string; readonly step: RateStep },
  nowMs: number,
): RatePeriod | readonly Fault[] {
  const toMs = query.to === undefined ? nowMs : momentOf(query.to);
  const fromMs = query.from === undefined ? (toMs ?? nowMs) - DEFAULT_DAYS * DAY_MS : momentOf(query.from);
  if (fromMs === undefined || toMs === undefined) {
    return [...unreadable('from', fromMs), ...unreadable('to', toMs)];
  }
  if (fromMs >= toMs) return [{ detail: 'from must be before to', parameter: 'from' }];
  const points = Math.ceil((toMs - fromMs) / STEP_MS[query.step]) + 1;
  if (points > MAX_RATE_POINTS) return [tooMany(points, query.step)];
  return { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString(), step: query.step };
}

export function isRatePeriod(period: RatePeriod | readonly Fault[]): period is RatePeriod {
  return 'step' in period;
}

/** Epoch milliseconds; undefined for what isn't a day or a moment of the calendar, such as 30 February. */
function momentOf(text: string): number | undefined {
  const instant = isInstant(text) ? text : `${text}T00:00:00Z`;
  return isInstant(instant) ? Date.parse(instant) : undefined;
}

function unreadable(parameter: string, ms: number | undefined): Fault[] {
  if (ms !== undefined) return [];
  const detail = `${parameter} must be a day or a moment in UTC, such as 2026-09-01 or 2026-09-01T12:00:00Z`;
  return [{ detail, parameter }];
}

function tooMany(points: number, step: RateStep): Fault {
  const detail = `That is ${points} points of a ${step} each, and an answer has at most ${MAX_RATE_POINTS}. Ask for a shorter time or a longer step`;
  return { detail, parameter: 'step' };
}
